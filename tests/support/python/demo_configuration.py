"""A copy of config/demo that lives in a folder of its own: free ports, its own certificates, the adapters of this build."""
import re
import shutil
import socket
import subprocess

PARTNERS = ["courts", "records", "cps", "idva-service", "isva-service",
            "victim-support", "witness-service", "hate-crime-service", "home-security", "childrens-services", "victim-liaison"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make(work, adapters, source, overlay=None):
    """Returns (folder, port of the host, {partner: port where it receives}).

    What lies in `overlay` takes the place of the demonstration's: its story, single partners, and mappings beside the shipped ones.
    """
    folder = work / "config"
    shutil.copytree(source / "config" / "demo", folder)
    mappings = source / "mappings"
    if overlay and (overlay / "story").exists():
        shutil.rmtree(folder / "story")
    if overlay and (overlay / "mappings").exists():
        mappings = work / "mappings"
        shutil.copytree(source / "mappings", mappings)
        shutil.copytree(overlay / "mappings", mappings, dirs_exist_ok=True)
    for part in ("story", "partners"):
        if overlay and (overlay / part).exists():
            shutil.copytree(overlay / part, folder / part, dirs_exist_ok=True)
    subprocess.run([source / "config/demo/make-certs.sh", work / "tls", *PARTNERS], check=True)
    main = folder / "causeway.yaml"
    text = main.read_text()
    text = text.replace("../../build/release/lib/causeway/adapters", str(adapters))
    text = text.replace("trusted_key: ../../var/demo/keys/plugin-signing.pem", "development: true").replace("../../var/demo", str(work))
    text = text.replace("../../mappings", str(mappings))
    for name in ("routes", "protection", "calendars"):
        text = text.replace(f"{name}: ../{name}", f"{name}: {source / 'config' / name}")
    host_port = free_port()
    main.write_text(text.replace("port: 18443", f"port: {host_port}"))
    receiving = {}
    for partner in (folder / "partners").glob("*.yaml"):
        text = partner.read_text().replace("../../../var/demo", str(work))
        if "127.0.0.1:" in text:
            receiving[partner.stem] = free_port()
            text = re.sub(r"127\.0\.0\.1:\d+", f"127.0.0.1:{receiving[partner.stem]}", text)
        partner.write_text(text)
    return folder, host_port, receiving

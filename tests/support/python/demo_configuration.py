"""A copy of config/demo that lives in a folder of its own: free ports, its own certificates, the adapters of this build."""
import os
import pathlib
import re
import shutil
import socket
import subprocess

PARTNERS = ["courts", "records", "cps", "idva-service", "isva-service",
            "victim-support", "witness-service", "hate-crime-service", "home-security", "childrens-services", "victim-liaison",
            "neighbour-records", "prisoner-escort"]


# Below those that the system gives to outgoing connections, which could take one before the host listens; fifty for each process.
PORTS = iter(range(15000 + os.getpid() % 340 * 50, 32000))


def free_port():
    for port in PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free below 32000")


def with_overlay(shipped, overlay, into):
    """The shipped folder; where the overlay has one of its name, a copy of it that has both."""
    if not overlay or not (overlay / shipped.name).is_dir():
        return shipped
    shutil.copytree(shipped, into)
    return pathlib.Path(shutil.copytree(overlay / shipped.name, into, dirs_exist_ok=True))


def make(work, adapters, source, overlay=None):
    """Returns (folder, port of the host, {partner: port where it receives}).

    What lies in `overlay` takes the place of the demonstration's: its story and single partners; mappings, routes and protection go beside
    the shipped ones.
    """
    folder = work / "config"
    shutil.copytree(source / "config" / "demo", folder)
    mappings = with_overlay(source / "mappings", overlay, work / "mappings")
    if overlay and (overlay / "story").exists():
        shutil.rmtree(folder / "story")
    for part in ("story", "partners"):
        if overlay and (overlay / part).exists():
            shutil.copytree(overlay / part, folder / part, dirs_exist_ok=True)
    names = dict.fromkeys([*PARTNERS, *(file.stem for file in (folder / "partners").glob("*.yaml"))])
    subprocess.run([source / "config/demo/make-certs.sh", work / "tls", *names], check=True)
    main = folder / "causeway.yaml"
    text = main.read_text()
    text = text.replace("../../build/release/lib/causeway/adapters", str(adapters))
    text = text.replace("trusted_key: ../../var/demo/keys/plugin-signing.pem", "development: true").replace("../../var/demo", str(work))
    text = text.replace("../../mappings", str(mappings))
    for name in ("routes", "protection", "clocks", "calendars", "eligibility", "reconciliation", "retention"):
        whole = with_overlay(source / "config" / name, overlay, work / name)
        text = text.replace(f"{name}: ../{name}", f"{name}: {whole}")
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

#!/bin/sh
# sign.sh KEY LIBRARY [MANIFEST_TOOL]: signs an adapter for hosts that trust KEY.
#   KEY            private key, PEM, EC P-256; make one with
#                  openssl ecparam -name prime256v1 -genkey -noout -out plugin-signing.key
#                  and give hosts its public half: openssl pkey -in plugin-signing.key -pubout -out plugin-signing.pem
#   LIBRARY        the adapter; LIBRARY.manifest.json and LIBRARY.manifest.sig are written beside it
#   MANIFEST_TOOL  causeway-adapter-manifest; beside this script or on the PATH when not given
set -eu

if [ $# -lt 2 ] || [ $# -gt 3 ]; then
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
key=$1
library=$2
tool=${3:-}
here=$(dirname -- "$0")

fail() {
  echo "sign.sh: $1" >&2
  exit 1
}

if [ -z "$tool" ]; then
  tool=$here/causeway-adapter-manifest
  [ -x "$tool" ] || tool=$(command -v causeway-adapter-manifest) || fail "causeway-adapter-manifest is not on the PATH; name it as the third argument"
fi
[ -r "$library" ] || fail "cannot read $library"
openssl pkey -in "$key" -noout -text_pub 2>/dev/null | grep -q 'prime256v1' || fail "$key is not a private key on the curve P-256"

manifest=$library.manifest.json
signature=$library.manifest.sig
trap 'rm -f -- "$manifest.new" "$signature.new"' EXIT

sha256=$(openssl dgst -sha256 -r "$library" | cut -d' ' -f1)
"$tool" "$library" "$sha256" >"$manifest.new"
openssl dgst -sha256 -sign "$key" -out "$signature.new" "$manifest.new"
mv -- "$signature.new" "$signature"
mv -- "$manifest.new" "$manifest"

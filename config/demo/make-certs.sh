#!/bin/bash
# make-certs.sh DIR [PARTNER ...]: the certificates of a demonstration on one machine, made once and kept.
#
#   DIR/ca.pem              a private authority; its key stays in DIR/ca.key
#   DIR/server.pem, .key    the host itself: localhost, 127.0.0.1, urn:causeway:host
#   DIR/NAME.pem, .key      one per PARTNER NAME: urn:causeway:partner:NAME
#   DIR/test-NAME.pem, .key for a PARTNER given as test:NAME: urn:causeway:test-partner:NAME
#
# Every certificate may also serve on localhost, so that a simulated agency can receive with the one it sends with.
# Not for production: there a real authority signs, and no key of it lies beside the host.
set -euo pipefail

days=825
spare=$((30 * 24 * 3600))

usage() { echo "usage: make-certs.sh DIR [NAME | test:NAME ...]" >&2; exit 2; }
[ $# -ge 1 ] && [ -n "$1" ] || usage
dir=$1
shift
for partner in "$@"; do
  [[ "${partner#test:}" =~ ^[a-z0-9][a-z0-9-]*$ ]] || { echo "not a partner name: $partner (a-z, 0-9 and -)" >&2; usage; }
  # These would overwrite another certificate of the folder.
  case $partner in ca | server | test-*) echo "this partner name is taken: $partner" >&2; usage ;; esac
done

umask 077
mkdir -p "$dir"
# Two programs that start at once must not each make an authority.
exec 9>"$dir/.lock"
flock 9

fresh() { [ -s "$1.key" ] && [ -s "$1.pem" ] && openssl x509 -in "$1.pem" -noout -checkend "$spare" >/dev/null 2>&1; }

if ! fresh "$dir/ca"; then
  # What an older authority signed would no longer be accepted.
  rm -f "$dir"/*.pem "$dir"/*.key
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days $days \
    -subj "/CN=Causeway demonstration authority" -keyout "$dir/ca.key" -out "$dir/ca.pem.new" \
    -addext "basicConstraints=critical,CA:TRUE,pathlen:0" -addext "keyUsage=critical,keyCertSign,cRLSign" 2>/dev/null
  mv "$dir/ca.pem.new" "$dir/ca.pem"
fi

make() {  # make FILE COMMON-NAME URI
  local base="$dir/$1"
  if fresh "$base"; then return; fi
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -subj "/CN=$2" \
    -keyout "$base.key" -out "$base.csr" 2>/dev/null
  openssl x509 -req -in "$base.csr" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" -sha256 -days $days \
    -set_serial "0x$(openssl rand -hex 16 | sed 's/^[89a-f]/1/')" -out "$base.pem.new" -extfile /dev/stdin 2>/dev/null <<EXT
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=clientAuth,serverAuth
subjectAltName=DNS:localhost,IP:127.0.0.1,URI:$3
EXT
  mv "$base.pem.new" "$base.pem"
  rm -f "$base.csr"
}

make server "Causeway demonstration host" urn:causeway:host
for partner in "$@"; do
  name=${partner#test:}
  if [ "$name" = "$partner" ]; then make "$name" "$name" "urn:causeway:partner:$name"
  else make "test-$name" "test $name" "urn:causeway:test-partner:$name"; fi
done
chmod 600 "$dir"/*.key

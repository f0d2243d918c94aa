# Shared by the scripts here: stand in the checkout, know the settings, and do everything as the user the checkout belongs to.
# shellcheck shell=bash disable=SC2034
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
settings_file=${KENTONGAN_ENV_FILE:-/etc/kentongan.env}
if [ -r "$settings_file" ]; then
  while IFS='=' read -r name value; do
    [[ $name =~ ^[A-Z][A-Z0-9_]*$ ]] || continue
    [ -z "${!name+set}" ] || continue # what is set already wins
    value=${value#[\"\']}
    export "$name=${value%[\"\']}"
  done <"$settings_file"
fi
data=${KENTONGAN_DATA:-var}
python=.venv/bin/python
owner=$(stat -c %U .)

# As the owner of the checkout, where root calls.
as_owner() {
  if [ "$(id -u)" = 0 ] && [ "$owner" != root ]; then runuser -u "$owner" -- "$@"; else "$@"; fi
}
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}
say() { printf '%s\n' "$@" >&2; }

#!/usr/bin/env bash
# with-display.sh: run a command in a virtual display of its own, with a window manager, a message
# bus, an accessibility bus and empty user folders. CONC_SCREEN (default 1366x768) is the size.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail

[ $# -gt 0 ] || { echo "Usage: with-display.sh COMMAND [ARGUMENT...]" >&2; exit 2; }
for tool in Xvfb openbox dbus-run-session; do
  command -v "$tool" >/dev/null || { echo "with-display.sh: $tool is not installed." >&2; exit 1; }
done

work=$(mktemp -d)
server=''
manager=''
cleanup () {
  [ -z "$manager" ] || kill "$manager" 2>/dev/null || true
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 143' TERM INT HUP

mkdir -p "$work"/{home,config/gtk-4.0,config/openbox,data,cache,state}
mkdir -m 700 "$work/runtime"

# The same font and no animations on every machine, so that pictures can be compared.
cat >"$work/config/gtk-4.0/settings.ini" <<'END'
[Settings]
gtk-font-name=Cantarell 11
gtk-enable-animations=false
gtk-xft-antialias=1
gtk-xft-hinting=1
gtk-xft-hintstyle=hintslight
gtk-xft-rgba=none
END

# Without a compositor GTK draws a frame for resizing, even around a window that fills the screen.
cat >"$work/config/gtk-4.0/gtk.css" <<'END'
window.solid-csd { margin: 0; padding: 0; border: none; border-radius: 0; box-shadow: none; }
END

# No frames and no panel: the application draws its own title bar, and the screen is all its own.
cat >"$work/config/openbox/rc.xml" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew></focus>
  <theme><animateIconify>no</animateIconify><keepBorder>no</keepBorder></theme>
  <applications><application class="*"><decor>no</decor></application></applications>
  <desktops><number>1</number><popupTime>0</popupTime></desktops>
</openbox_config>
END

# The server chooses a free number itself and says it when it is ready to answer.
mkfifo "$work/number"
Xvfb -displayfd 7 -screen 0 "${CONC_SCREEN:-1366x768}x24" -nolisten tcp -noreset \
  7>"$work/number" 2>"$work/xvfb.log" &
server=$!
number=''
read -r -t 30 number <"$work/number" || true
if [ -z "$number" ]; then
  cat "$work/xvfb.log" >&2
  echo "with-display.sh: Xvfb did not start." >&2
  exit 1
fi

unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS XAUTHORITY
export DISPLAY=":$number"
export HOME="$work/home" XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data"
export XDG_CACHE_HOME="$work/cache" XDG_STATE_HOME="$work/state" XDG_RUNTIME_DIR="$work/runtime"
export GDK_BACKEND=x11 GSK_RENDERER=cairo GSETTINGS_BACKEND=memory ADW_DISABLE_PORTAL=1
export GTK_USE_PORTAL=0 NO_AT_BRIDGE=0

openbox --config-file "$work/config/openbox/rc.xml" --startup "touch '$work/managed'" \
  2>"$work/openbox.log" &
manager=$!
# A window that comes before its manager never learns that it is maximized.
for ((i = 0; i < 1500; i++)); do
  [ ! -e "$work/managed" ] || break
  sleep 0.02
done
if [ ! -e "$work/managed" ]; then
  cat "$work/openbox.log" >&2
  echo "with-display.sh: openbox did not start." >&2
  exit 1
fi

status=0
# The chatter of the buses says nothing about the command, and is no part of its output.
dbus-run-session -- bash -c 'exec "$@" 1>&3 3>&-' command "$@" 3>&1 >/dev/null 2> >(grep -vE '^dbus-daemon\[|^SpiRegistry daemon|^X connection to|dbind-WARNING|^$' >&2) || status=$?
exit "$status"

#!/bin/sh
# Lays out a root file system in which every tool is a name of the one busybox program.
set -eu
umask 022
root=$1
mkdir -p "$root/bin" "$root/dev" "$root/etc" "$root/proc" "$root/sys" "$root/usr/bin" "$root/usr/sbin" "$root/sbin" \
  "$root/var/spool/mail" "$root/var/www" "$root/home" "$root/lib"
mkdir -m 0700 "$root/root"
mkdir -m 1777 "$root/tmp"
cp /bin/busybox "$root/bin/busybox"
chmod 755 "$root/bin/busybox"
# Hard links, as a symbolic link would make `ls -l /bin` point away from what the tool is.
for tool in $("$root/bin/busybox" --list); do
  [ "$tool" = busybox ] || ln "$root/bin/busybox" "$root/bin/$tool"
done
ln -s ../../bin/env "$root/usr/bin/env"

cat >"$root/etc/passwd" <<'END'
root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
sys:x:3:3:sys:/dev:/bin/false
mail:x:8:8:mail:/var/spool/mail:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
END
cat >"$root/etc/group" <<'END'
root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
tty:x:5:
mail:x:8:
www-data:x:33:
users:x:100:
nogroup:x:65534:
END
printf 'root:*:::::::\n' >"$root/etc/shadow"
chmod 600 "$root/etc/shadow"

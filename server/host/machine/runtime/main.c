/* OCI runtime of machines: runc, but without huge pages, and /sys stays writable, so that `docker run --privileged`
   works inside.
   Nothing is opened by it: what root in a user namespace may not write there, the kernel refuses anyway. */
#include "bundle.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* The directory that follows `create` as --bundle or -b (runc's command line); "." as runc has it. */
static const char *bundle_of(char **arguments) {
    const char *bundle = ".";
    for (; *arguments; arguments++) {
        if ((strcmp(*arguments, "--bundle") == 0 || strcmp(*arguments, "-b") == 0) && arguments[1])
            bundle = *++arguments;
        else if (strncmp(*arguments, "--bundle=", 9) == 0)
            bundle = *arguments + 9;
    }
    return bundle;
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "create") != 0 && strcmp(argv[i], "run") != 0) continue;
        if (!make_sysfs_writable(bundle_of(argv + i + 1))) {
            fprintf(stderr, "drydock runtime: cannot prepare the bundle: %s\n", strerror(errno));
            return EXIT_FAILURE;
        }
        break;
    }
    /* Where the host hands out huge pages unasked, the sparse heaps of Go daemons would fill them.
       Whatever runs in a machine inherits this; a kernel that has no huge pages refuses, and all is well too. */
    prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
    const char *runc = getenv("DRYDOCK_RUNC");
    argv[0] = (char *)(runc ? runc : "runc");
    execvp(argv[0], argv);
    /* A daemon started without a PATH. */
    if (!runc) execv("/usr/sbin/runc", argv);
    if (!runc) execv("/usr/bin/runc", argv);
    fprintf(stderr, "drydock runtime: cannot start runc: %s\n", strerror(errno));
    return EXIT_FAILURE;
}

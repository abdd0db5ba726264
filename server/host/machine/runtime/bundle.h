/* The one change that we make to an OCI bundle. */
#ifndef DRYDOCK_BUNDLE_H
#define DRYDOCK_BUNDLE_H

#include <stdbool.h>

/* Takes `ro` off every sysfs mount in DIRECTORY/config.json. False with errno when the file cannot be had. */
bool make_sysfs_writable(const char *directory);

#endif

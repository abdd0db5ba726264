/* Edits config.json of an OCI bundle in place: a small walk over its JSON, which the engine has just written. */
#include "bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONFIG_MAX_BYTES (16 * 1024 * 1024)

static const char *skip_space(const char *at) { return at + strspn(at, " \t\r\n"); }

static const char *skip_string(const char *at) {
    for (at++; *at && *at != '"'; at++)
        if (*at == '\\' && at[1]) at++;
    return *at ? at + 1 : at;
}

/* Over any value; brackets in strings do not count. */
static const char *skip_value(const char *at) {
    int depth = 0;
    do {
        if (*at == '"') {
            at = skip_string(at);
            continue;
        }
        if (*at == '{' || *at == '[') depth++;
        if (*at == '}' || *at == ']') depth--;
        if (depth < 0) break;
        at++;
    } while (*at && (depth > 0 || !strchr(",]} \t\r\n", *at)));
    return at;
}

/* The first element of an array or key of an object, or the next one; NULL at the end. */
static const char *first_item(const char *at) {
    at = skip_space(at + 1);
    return *at == ']' || *at == '}' ? NULL : at;
}
static const char *next_item(const char *value) {
    const char *at = skip_space(skip_value(value));
    return *at == ',' ? skip_space(at + 1) : NULL;
}

/* The value of a key, given with its quotes, in the object at `at`; NULL where there is none. */
static const char *find_key(const char *at, const char *key) {
    if (!at || *at != '{') return NULL;
    for (const char *item = first_item(at); item && *item == '"';) {
        const char *colon = skip_space(skip_string(item));
        if (*colon != ':') return NULL;
        const char *value = skip_space(colon + 1);
        if (strncmp(item, key, strlen(key)) == 0) return value;
        item = next_item(value);
    }
    return NULL;
}

static bool is_string(const char *at, const char *quoted) {
    return at && strncmp(at, quoted, strlen(quoted)) == 0;
}

/* Closes the gap where `"ro"` and one comma beside it stood. */
static void remove_item(char *array, char *item) {
    char *end = (char *)skip_space(skip_value(item)), *begin = item;
    if (*end == ',') {
        end++;
    } else {
        while (begin > array && *begin != ',') begin--;
        if (begin == array) begin = item;
    }
    memmove(begin, end, strlen(end) + 1);
}

static void edit(char *config) {
    const char *mounts = find_key(skip_space(config), "\"mounts\"");
    if (!mounts || *mounts != '[') return;
    for (const char *mount = first_item(mounts); mount; mount = next_item(mount)) {
        if (!is_string(find_key(mount, "\"type\""), "\"sysfs\"")) continue;
        const char *options = find_key(mount, "\"options\"");
        if (!options || *options != '[') continue;
        for (const char *option = first_item(options); option; option = next_item(option)) {
            if (!is_string(option, "\"ro\"")) continue;
            remove_item((char *)options, (char *)option);
            break;
        }
    }
}

static bool read_whole(int fd, char *to, size_t length) {
    for (size_t have = 0; have < length;) {
        ssize_t got = read(fd, to + have, length - have);
        if (got <= 0) return false;
        have += (size_t)got;
    }
    to[length] = 0;
    return true;
}

bool make_sysfs_writable(const char *directory) {
    char path[4096];
    if (snprintf(path, sizeof path, "%s/config.json", directory) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return false;
    }
    int fd = open(path, O_RDWR | O_CLOEXEC);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) return false;
    if (status.st_size > CONFIG_MAX_BYTES) {
        errno = EFBIG;
        return false;
    }
    size_t length = (size_t)status.st_size;
    char *config = malloc(length + 1);
    if (!config || !read_whole(fd, config, length)) return false;
    edit(config);
    size_t shorter = strlen(config);
    if (shorter == length) return true;
    return pwrite(fd, config, shorter, 0) == (ssize_t)shorter && ftruncate(fd, (off_t)shorter) == 0 &&
           close(fd) == 0;
}

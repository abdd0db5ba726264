/* Makes, moves and deletes; follows no link on its way down, and leaves what is mounted alone. */
#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#endif
/* Another program may fill a directory while we empty it. */
#define ROUNDS 3

static void tell(const char *path) {
    struct stat about;
    if (lstat(path, &about) != 0) return fail(errno, 0);
    answer(&about, version_by_time(&about));
}

void make_directory(const char *path) {
    if (mkdir(path, 0755) != 0) return fail(errno, 0);
    tell(path);
}

void move(const char *from, const char *to) {
    if (syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) != 0) return fail(errno, 0);
    tell(to);
}

static DIR *open_directory(int above, const char *name, dev_t disk, int *reason) {
    int fd = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    struct stat about;
    DIR *directory = NULL;
    if (fd < 0 || fstat(fd, &about) != 0) *reason = errno;
    else if (about.st_dev != disk) *reason = OTHER_DISK;
    else if (!(directory = fdopendir(fd))) *reason = errno;
    if (!directory && fd >= 0) close(fd);
    return directory;
}

static bool is_directory(int above, const char *name) {
    struct stat about;
    return fstatat(above, name, &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(about.st_mode);
}

static bool is_itself(const char *name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

/* 0, or why it must not be deleted; counts what lies in it. */
static int survey(int above, const char *name, dev_t disk, int depth, int *count) {
    if (depth > DEPTH_MAX) return TOO_MANY;
    int reason = 0;
    DIR *directory = open_directory(above, name, disk, &reason);
    if (!directory) return reason;
    for (struct dirent *entry; reason == 0 && (entry = readdir(directory));) {
        if (is_itself(entry->d_name)) continue;
        if (++*count > DELETED_MAX) reason = TOO_MANY;
        else if (is_directory(dirfd(directory), entry->d_name))
            reason = survey(dirfd(directory), entry->d_name, disk, depth + 1, count);
    }
    closedir(directory);
    return reason;
}

static int empty(int above, const char *name, dev_t disk, int depth) {
    if (depth > DEPTH_MAX) return TOO_MANY;
    int reason = 0;
    DIR *directory = open_directory(above, name, disk, &reason);
    if (!directory) return reason;
    for (struct dirent *entry; reason == 0 && (entry = readdir(directory));) {
        if (is_itself(entry->d_name)) continue;
        int here = dirfd(directory);
        bool is_tree = is_directory(here, entry->d_name);
        if (is_tree) reason = empty(here, entry->d_name, disk, depth + 1);
        /* Gone by itself is what we wanted. */
        if (reason == 0 && unlinkat(here, entry->d_name, is_tree ? AT_REMOVEDIR : 0) != 0 &&
            errno != ENOENT && errno != ENOTEMPTY)
            reason = errno;
    }
    closedir(directory);
    return reason;
}

void delete_tree(const char *path) {
    struct stat about;
    if (lstat(path, &about) != 0) return fail(errno, 0);
    if (!S_ISDIR(about.st_mode)) {
        if (unlink(path) != 0) return fail(errno, 0);
        return answer(&about, 0);
    }
    int count = 0, reason = survey(AT_FDCWD, path, about.st_dev, 0, &count);
    for (int round = 0; reason == 0 && round < ROUNDS; round++) {
        reason = empty(AT_FDCWD, path, about.st_dev, 0);
        if (reason != 0) break;
        if (rmdir(path) == 0 || errno == ENOENT) return answer(&about, 0);
        if (errno != ENOTEMPTY || round == ROUNDS - 1) reason = errno;
    }
    fail(reason, 0);
}

/*
 * Saves a file so that nothing is lost: all of it goes into a file beside the old one first, and is on disk before the
 * old one is touched. Then it is written into the old one, which keeps owner, mode, links, and the containers it is
 * mounted in; where that does not work out, the file beside takes its place.
 */
#include "files.h"
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#endif

static struct {
    bool begun, replaces;
    int reason, fd;
    enum save_mode mode;
    uint64_t expected, version, length;
    /* Where it really is, links followed; and the file beside it. */
    char path[PATH_MAX], beside[PATH_MAX];
} save = {.fd = -1};

bool is_saving(void) { return save.begun; }

void save_abandon(void) {
    if (save.fd >= 0) close(save.fd);
    if (save.beside[0]) unlink(save.beside);
    save.fd = -1;
    save.beside[0] = 0;
}

static void give_up(int reason) {
    if (save.reason == 0) save.reason = reason;
    save_abandon();
}

/* 0, or why not. Finds the directory really meant and the file's place in it. */
static int place_new(const char *path) {
    struct stat link;
    if (lstat(path, &link) == 0) return save.mode == SAVE_NEW ? EEXIST : LEADS_NOWHERE;
    if (save.mode == SAVE_SAME) return HAS_CHANGED;
    char above[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t length = slash == path ? 1 : (size_t)(slash - path);
    memcpy(above, path, length);
    above[length] = 0;
    if (!realpath(above, save.path)) return errno;
    length = strlen(save.path);
    if (length == 1) length = 0;
    int written = snprintf(save.path + length, sizeof save.path - length, "%s", slash);
    return written < (int)(sizeof save.path - length) ? 0 : ENAMETOOLONG;
}

static int place(const char *path) {
    if (path[0] != '/' || strlen(path) >= FILE_PATH_BYTES) return ENAMETOOLONG;
    struct stat about;
    save.replaces = realpath(path, save.path) != NULL;
    if (!save.replaces) return errno == ENOENT ? place_new(path) : errno;
    if (save.mode == SAVE_NEW) return EEXIST;
    if (stat(save.path, &about) != 0) return errno;
    return S_ISREG(about.st_mode) ? 0 : NOT_A_FILE;
}

static int open_beside(void) {
    uint32_t number;
    if (getrandom(&number, sizeof number, 0) != sizeof number) return EAGAIN;
    int above = (int)(strrchr(save.path, '/') - save.path);
    int length = snprintf(save.beside, sizeof save.beside, "%.*s/.drydock-%08x", above, save.path, number);
    if (length >= (int)sizeof save.beside) {
        save.beside[0] = 0;
        return ENAMETOOLONG;
    }
    save.fd = open(save.beside, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (save.fd >= 0) return 0;
    int reason = errno;
    save.beside[0] = 0;
    return reason;
}

void save_begin(enum save_mode mode, uint64_t expected, const char *path) {
    save.begun = true;
    save.mode = mode;
    save.expected = expected;
    save.version = FIRST_VERSION;
    save.length = 0;
    save.reason = place(path);
    if (save.reason == 0) save.reason = open_beside();
}

void save_bytes(const void *bytes, size_t length) {
    if (save.reason != 0) return;
    save.length += length;
    save.version = add_to_version(save.version, bytes, length);
    if (!write_all(save.fd, bytes, length)) give_up(errno);
}

/* 0, or why it must not be replaced; `old` tells what stands there and `version` which one. */
static int check_old(struct stat *old, uint64_t *version) {
    int fd = open(save.path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
    *version = 0;
    if (fd < 0) return errno == ENOENT ? HAS_CHANGED : errno;
    int reason = 0;
    if (fstat(fd, old) != 0) reason = errno;
    else if (!S_ISREG(old->st_mode)) reason = NOT_A_FILE;
    else if (version_of(fd, old, version) != 0) reason = errno;
    else if (save.mode == SAVE_SAME && *version != save.expected) reason = HAS_CHANGED;
    close(fd);
    return reason;
}

/* True when the old file now holds the new content. */
static bool write_into_old(bool *touched) {
    static uint8_t bytes[FILE_FRAME_BYTES];
    int to = open(save.path, O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
    struct stat about;
    bool good = to >= 0 && fstat(to, &about) == 0 && S_ISREG(about.st_mode) && lseek(save.fd, 0, SEEK_SET) == 0;
    while (good) {
        ssize_t got = read(save.fd, bytes, sizeof bytes);
        if (got == 0) break;
        *touched = true;
        good = got > 0 && write_all(to, bytes, (size_t)got);
    }
    if (good) *touched = true;
    good = good && ftruncate(to, (off_t)save.length) == 0;
    /* Writing takes special bits of the mode away. */
    good = good && fchmod(to, about.st_mode & 07777) == 0 && fsync(to) == 0;
    if (to >= 0) close(to);
    return good;
}

static int replace(const struct stat *old) {
    bool touched = false;
    if (write_into_old(&touched)) {
        save_abandon();
        return 0;
    }
    /* Owner first: changing it takes special bits of the mode away. */
    if (fchown(save.fd, old->st_uid, old->st_gid) == 0 && fchmod(save.fd, old->st_mode & 07777) == 0 &&
        rename(save.beside, save.path) == 0) {
        save.beside[0] = 0;
        return 0;
    }
    int reason = errno;
    /* The old file may be half written: what was to be saved stays beside it. */
    if (touched) save.beside[0] = 0;
    return reason;
}

static int put_new(void) {
    if (fchmod(save.fd, 0644) != 0) return errno;
    if (syscall(SYS_renameat2, AT_FDCWD, save.beside, AT_FDCWD, save.path, RENAME_NOREPLACE) != 0)
        return errno;
    save.beside[0] = 0;
    return 0;
}

void save_end(void) {
    struct stat about;
    uint64_t theirs = 0;
    int reason = save.reason;
    save.begun = false;
    if (reason == 0 && fsync(save.fd) != 0) reason = errno;
    if (reason == 0 && save.replaces) reason = check_old(&about, &theirs);
    if (reason == 0) reason = save.replaces ? replace(&about) : put_new();
    save_abandon();
    if (reason == 0 && stat(save.path, &about) != 0) reason = errno;
    if (reason != 0) return fail(reason, theirs);
    answer(&about, (uint64_t)about.st_size > TEXT_BYTES ? version_by_time(&about) : save.version);
}

/* Tells what stands at a path: a directory's entries, a file's bytes. Opens nothing that could make us wait. */
#include "files.h"
#include "agent.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* FNV-1a, 64 bits: tells two versions of one file apart, nothing more is asked of it. */
uint64_t add_to_version(uint64_t version, const void *bytes, size_t length) {
    for (const uint8_t *at = bytes, *end = at + length; at < end; at++)
        version = (version ^ *at) * UINT64_C(1099511628211);
    return version;
}

uint64_t version_by_time(const struct stat *about) {
    int64_t facts[] = {about->st_size, about->st_mtim.tv_sec, about->st_mtim.tv_nsec, (int64_t)about->st_ino};
    return add_to_version(FIRST_VERSION, facts, sizeof facts);
}

/* Reads up to `most` bytes, files of /proc too, which say that they have none. -1 with errno. */
static ssize_t read_up_to(int fd, uint8_t *to, size_t most) {
    size_t length = 0;
    while (length < most) {
        ssize_t got = read(fd, to + length, most - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got == 0) break;
        length += (size_t)got;
    }
    return (ssize_t)length;
}

int version_of(int fd, const struct stat *about, uint64_t *version) {
    static uint8_t bytes[FILE_FRAME_BYTES];
    *version = version_by_time(about);
    if ((uint64_t)about->st_size > TEXT_BYTES) return 0;
    uint64_t sum = FIRST_VERSION;
    for (size_t total = 0; total <= TEXT_BYTES;) {
        ssize_t got = read_up_to(fd, bytes, sizeof bytes);
        if (got < 0) return -1;
        total += (size_t)got;
        sum = add_to_version(sum, bytes, (size_t)got);
        if ((size_t)got == sizeof bytes) continue;
        if (total <= TEXT_BYTES) *version = sum;
        return 0;
    }
    return 0;
}

static void end(bool left_out) { say('E', left_out ? "\1" : "\0", 1, NULL, 0); }

static void say_entry(int directory, const char *name) {
    struct stat entry, target;
    /* Gone since the directory was read. */
    if (fstatat(directory, name, &entry, AT_SYMLINK_NOFOLLOW) != 0) return;
    uint8_t head[22] = {kind_of(entry.st_mode), '-'};
    if (S_ISLNK(entry.st_mode))
        head[1] = fstatat(directory, name, &target, 0) == 0 ? kind_of(target.st_mode) : '?';
    put_u64(head + 2, (uint64_t)entry.st_size);
    put_u64(head + 10, entry.st_mtim.tv_sec < 0 ? 0 : (uint64_t)entry.st_mtim.tv_sec);
    put_u32(head + 18, entry.st_mode & 07777);
    say('I', head, sizeof head, name, strlen(name));
}

static void look_into(int fd, const struct stat *about) {
    DIR *directory = fdopendir(fd);
    if (!directory) {
        int reason = errno;
        close(fd);
        return fail(reason, 0);
    }
    answer(about, version_by_time(about));
    int count = 0;
    bool left_out = false;
    for (struct dirent *entry; !left_out && (entry = readdir(directory));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        left_out = count++ == ENTRIES_MAX;
        if (!left_out) say_entry(fd, entry->d_name);
    }
    closedir(directory);
    end(left_out);
}

static void say_bytes(const uint8_t *bytes, size_t length) {
    for (size_t at = 0; at < length; at += FILE_FRAME_BYTES)
        say('B', NULL, 0, bytes + at, length - at < FILE_FRAME_BYTES ? length - at : FILE_FRAME_BYTES);
}

static void look_at(int fd, struct stat *about) {
    if ((uint64_t)about->st_size > TEXT_BYTES) {
        answer(about, version_by_time(about));
        return end(true);
    }
    uint8_t *bytes = malloc(TEXT_BYTES + 1);
    ssize_t length = bytes ? read_up_to(fd, bytes, TEXT_BYTES + 1) : -1;
    int reason = bytes ? errno : ENOMEM;
    if (length < 0) {
        fail(reason, 0);
    } else if ((size_t)length > TEXT_BYTES) {
        answer(about, version_by_time(about));
        end(true);
    } else {
        about->st_size = length;
        answer(about, add_to_version(FIRST_VERSION, bytes, (size_t)length));
        say_bytes(bytes, (size_t)length);
        end(false);
    }
    free(bytes);
}

/* -1 after having said why, or what it is when it is neither file nor directory. */
static int open_to_read(const char *path, struct stat *about) {
    /* Asked before it is opened: opening a device can already do something. */
    if (stat(path, about) != 0) {
        struct stat link;
        int reason = errno == ENOENT && lstat(path, &link) == 0 ? LEADS_NOWHERE : errno;
        fail(reason, 0);
        return -1;
    }
    if (!S_ISREG(about->st_mode) && !S_ISDIR(about->st_mode)) {
        answer(about, 0);
        end(true);
        return -1;
    }
    /* What stands there may be another thing by now: a pipe with no writer would keep us, if we let it. */
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, about) != 0) {
        fail(errno, 0);
        if (fd >= 0) close(fd);
        return -1;
    }
    if (S_ISREG(about->st_mode) || S_ISDIR(about->st_mode)) return fd;
    close(fd);
    fail(NOT_A_FILE, 0);
    return -1;
}

void look(const char *path) {
    struct stat about;
    int fd = open_to_read(path, &about);
    if (fd < 0) return;
    if (S_ISDIR(about.st_mode)) return look_into(fd, &about);
    look_at(fd, &about);
    close(fd);
}

void send_file(const char *path) {
    struct stat about;
    int fd = open_to_read(path, &about);
    if (fd < 0) return;
    if (S_ISDIR(about.st_mode)) {
        close(fd);
        return fail(NOT_A_FILE, 0);
    }
    answer(&about, version_by_time(&about));
    flush();
    /* As many bytes as it had when we began; a file that says it has none, as /proc's do, up to a bound. */
    uint64_t left = about.st_size > 0 ? (uint64_t)about.st_size : TEXT_BYTES;
    static uint8_t bytes[FILE_FRAME_BYTES];
    while (left > 0) {
        ssize_t got = read_up_to(fd, bytes, left < sizeof bytes ? (size_t)left : sizeof bytes);
        if (got <= 0) break;
        say_bytes(bytes, (size_t)got);
        left -= (uint64_t)got;
        /* How fast it goes is for the reader to say; that it goes on at all is what is asked. */
        alarm(2 * REQUEST_SECONDS);
        flush();
    }
    close(fd);
    end(about.st_size > 0 && left > 0);
}

/* Writes the ring to the machine's disk when the machine goes to sleep, and reads it back when it wakes. */
#include "holder.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "drydock1"
#define HEAD_BYTES (8 + 8 + 8)
/* Offsets are whole numbers in JavaScript too. */
#define OFFSET_MAX ((uint64_t)1 << 52)
/* Left out after a crash: no browser can then mistake new output for what it has already seen. */
#define CRASH_GAP ((uint64_t)1 << 32)

/* Says that a holder is running: found at start, it means that the last one did not get to save. */
static void live_path(char path[PATH_BYTES], const char *name) { saved_path(path, name, ".live"); }

static bool write_all(int fd, const void *bytes, size_t length) {
    const uint8_t *from = bytes;
    while (length > 0) {
        ssize_t written = write(fd, from, length);
        if (written <= 0) return false;
        from += written;
        length -= (size_t)written;
    }
    return true;
}

void save_ring(const char *name, const struct ring *ring) {
    char path[PATH_BYTES], temporary[PATH_BYTES];
    saved_path(path, name, "");
    saved_path(temporary, name, ".new");
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return;
    uint8_t head[HEAD_BYTES] = MAGIC;
    put_u64(head + 8, ring->start);
    put_u64(head + 16, ring->end);
    bool ok = write_all(fd, head, sizeof head);
    for (uint64_t offset = ring->start; ok && offset < ring->end;) {
        size_t length;
        const uint8_t *bytes = ring_at(ring, offset, (size_t)(ring->end - offset), &length);
        ok = write_all(fd, bytes, length);
        offset += length;
    }
    /* On a full disk the older copy, and the mark that it is old, stay. */
    ok = close(fd) == 0 && ok && rename(temporary, path) == 0;
    if (!ok) {
        unlink(temporary);
        return;
    }
    live_path(path, name);
    unlink(path);
}

void forget_terminal(const char *name) {
    static const char *const suffixes[] = {"", ".new", ".live", ".directory", ".directory.new"};
    char path[PATH_BYTES];
    for (int i = 0; i < 5; i++) {
        saved_path(path, name, suffixes[i]);
        unlink(path);
    }
}

/* The file lies on a disk that the learner owns: nothing in it is believed without a check. */
static bool read_saved(int fd, struct ring *ring) {
    uint8_t head[HEAD_BYTES];
    struct stat status;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return false;
    if (read(fd, head, sizeof head) != (ssize_t)sizeof head || memcmp(head, MAGIC, 8) != 0) return false;
    uint64_t start = get_u64(head + 8), end = get_u64(head + 16);
    if (start > end || end - start > RING_MAX || end > OFFSET_MAX) return false;
    if ((uint64_t)status.st_size != HEAD_BYTES + (end - start)) return false;
    ring->start = ring->end = start;
    while (ring->end < end) {
        size_t length;
        uint8_t *to = ring_room(ring, (size_t)(end - ring->end), &length);
        ssize_t got = read(fd, to, length);
        if (got <= 0) return false;
        ring_added(ring, (size_t)got);
    }
    return true;
}

void restore_ring(const char *name, struct ring *ring) {
    char path[PATH_BYTES];
    saved_path(path, name, "");
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd >= 0) {
        if (!read_saved(fd, ring)) ring->start = ring->end = 0;
        close(fd);
    }
    live_path(path, name);
    if (access(path, F_OK) == 0) {
        struct ring moved = {.start = ring->start + CRASH_GAP, .end = ring->start + CRASH_GAP};
        for (uint64_t offset = ring->start; offset < ring->end;) {
            size_t length;
            const uint8_t *bytes = ring_at(ring, offset, (size_t)(ring->end - offset), &length);
            ring_append(&moved, bytes, length);
            offset += length;
        }
        free(ring->bytes);
        *ring = moved;
    }
    int live = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (live >= 0) close(live);
    if (ring->end > ring->start) {
        /* A full-screen program may have been cut off: leave its screen, show the cursor, no mouse, no colours.
           1047 and not 1049, which also takes the cursor back to where it was saved: home, if it never was. */
        static const char reset[] =
            "\x1b[?1047l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?25h\x1b[!p\x1b[0m\r\n";
        ring_append(ring, reset, sizeof reset - 1);
    }
}

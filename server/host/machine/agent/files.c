/* `agent files`: looks at files, saves and watches them for the server, one request after the other. */
#include "files.h"
#include "agent.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEADER_BYTES 5

static uint8_t out[2 * (FILE_FRAME_BYTES + HEADER_BYTES)];
static size_t out_length;

void flush(void) {
    /* Nobody reads any more: then nothing is left to do. What was being saved stays as it was. */
    if (!write_all(STDOUT_FILENO, out, out_length)) {
        save_abandon();
        exit(EXIT_FAILURE);
    }
    out_length = 0;
}

void say(uint8_t type, const void *head, size_t head_length, const void *body, size_t body_length) {
    size_t length = head_length + body_length;
    if (out_length + HEADER_BYTES + length > sizeof out) flush();
    uint8_t *to = out + out_length;
    to[0] = type;
    put_u32(to + 1, (uint32_t)length);
    if (head_length) memcpy(to + HEADER_BYTES, head, head_length);
    if (body_length) memcpy(to + HEADER_BYTES + head_length, body, body_length);
    out_length += HEADER_BYTES + length;
}

void fail(int reason, uint64_t version) {
    uint8_t payload[12];
    put_u32(payload, (uint32_t)reason);
    put_u64(payload + 4, version);
    say('F', payload, sizeof payload, NULL, 0);
}

uint8_t kind_of(mode_t mode) {
    if (S_ISREG(mode)) return 'f';
    if (S_ISDIR(mode)) return 'd';
    if (S_ISLNK(mode)) return 'l';
    if (S_ISFIFO(mode)) return 'p';
    if (S_ISSOCK(mode)) return 's';
    return S_ISCHR(mode) ? 'c' : 'b';
}

void answer(const struct stat *about, uint64_t version) {
    uint8_t payload[29];
    payload[0] = kind_of(about->st_mode);
    put_u64(payload + 1, (uint64_t)about->st_size);
    put_u64(payload + 9, about->st_mtim.tv_sec < 0 ? 0 : (uint64_t)about->st_mtim.tv_sec);
    put_u32(payload + 17, about->st_mode & 07777);
    put_u64(payload + 21, version);
    say('A', payload, sizeof payload, NULL, 0);
}

bool write_all(int fd, const void *bytes, size_t length) {
    for (const uint8_t *at = bytes; length > 0;) {
        ssize_t written = write(fd, at, length);
        if (written < 0 && errno != EINTR) return false;
        if (written < 0) continue;
        at += written;
        length -= (size_t)written;
    }
    return true;
}

/* Whoever asked is gone when its words end, in the middle of a sentence too. */
static void read_exactly(uint8_t *to, size_t length) {
    while (length > 0) {
        ssize_t got = read(STDIN_FILENO, to, length);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            save_abandon();
            exit(EXIT_SUCCESS);
        }
        to += got;
        length -= (size_t)got;
    }
}

static void take_watches(const uint8_t *at, size_t length) {
    watch_none();
    while (length >= 2) {
        size_t path = get_u16(at);
        if (path > length - 2 || !watch_also((const char *)at + 2, path)) break;
        at += 2 + path;
        length -= 2 + path;
    }
    say('E', "", 1, NULL, 0);
}

static void take_move(uint8_t *payload, size_t length) {
    size_t from = length < 2 ? 0 : get_u16(payload);
    if (from == 0 || from + 2 >= length) return fail(EINVAL, 0);
    char path[FILE_PATH_BYTES];
    if (from >= sizeof path) return fail(ENAMETOOLONG, 0);
    memcpy(path, payload + 2, from);
    path[from] = 0;
    move(path, (const char *)payload + 2 + from);
}

static void take_save(uint8_t *payload, size_t length) {
    if (length < 10 || payload[0] > SAVE_ANY) die("save");
    save_begin((enum save_mode)payload[0], get_u64(payload + 1), (const char *)payload + 9);
}

static void take_request(void) {
    static uint8_t payload[FILE_FRAME_BYTES + 1];
    uint8_t header[HEADER_BYTES];
    read_exactly(header, sizeof header);
    size_t length = get_u32(header + 1);
    if (length > FILE_FRAME_BYTES) die("request");
    read_exactly(payload, length);
    payload[length] = 0;
    const char *path = (const char *)payload;
    bool part_of_save = header[0] == 'B' || header[0] == 'E';
    /* A path ends at its first zero byte; the server sends none with one. */
    if (part_of_save != is_saving()) die("order of requests");
    alarm(REQUEST_SECONDS);
    switch (header[0]) {
    case 'R': look(path); break;
    case 'G': send_file(path); break;
    case 'W': take_save(payload, length); break;
    case 'B': save_bytes(payload, length); break;
    case 'E': save_end(); break;
    case 'M': make_directory(path); break;
    case 'V': take_move(payload, length); break;
    case 'D': delete_tree(path); break;
    case 'T': take_watches(payload, length); break;
    default: die("request");
    }
    flush();
    alarm(0);
}

int files(void) {
    umask(022);
    /* Nothing that we open may be below us on the way, nor become our terminal. */
    if (chdir("/") != 0) die("/");
    for (;;) {
        struct pollfd polls[2] = {
            {.fd = STDIN_FILENO, .events = POLLIN},
            {.fd = watch_notes(), .events = POLLIN},
        };
        int ready = poll(polls, 2, watch_pause());
        if (ready < 0 && errno != EINTR) die("poll");
        if (ready < 0) continue;
        if (polls[0].revents) take_request();
        if (polls[1].revents) watch_noted();
        if (watch_pause() == 0) {
            alarm(REQUEST_SECONDS);
            watch_look();
            flush();
            alarm(0);
        }
    }
}

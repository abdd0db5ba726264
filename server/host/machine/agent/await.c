/* `agent await`: waits until something listens on a socket, so that nobody has to try again and again from outside. */
#include "agent.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/* Between making its socket and listening on it a server takes a moment: after a change, look this often. */
#define LOOK_AGAIN_MS 20
#define LOOKS 100
/* A net below the notifications: the directory itself may have been replaced. */
#define LOOK_ANYWAY_MS 30000

static int listens(const char *path) {
    int fd = connect_unix(path);
    if (fd < 0) return 0;
    close(fd);
    return 1;
}

static int watch_directory(const char *path) {
    char directory[PATH_BYTES];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    if (length == 0 || length >= sizeof directory) return -1;
    memcpy(directory, path, length);
    directory[length] = 0;
    int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (fd >= 0) inotify_add_watch(fd, directory, IN_CREATE | IN_MOVED_TO | IN_ATTRIB);
    return fd;
}

int await_listener(const char *target, long limit_ms) {
    if (strncmp(target, "unix:/", 6) != 0) die(target);
    const char *path = target + 5;
    int notes = watch_directory(path), looks = 0;
    long long until = now_ms() + limit_ms;
    /* Watched before the first look, or what comes between the two would be missed. */
    while (!listens(path)) {
        long long left = until - now_ms();
        if (left <= 0) return READY_TIMED_OUT;
        long long pause = looks > 0 ? LOOK_AGAIN_MS : LOOK_ANYWAY_MS;
        struct pollfd polls[2] = {
            /* While we look again soon anyway, further notes do not hurry us. */
            {.fd = looks > 0 ? -1 : notes, .events = POLLIN},
            {.fd = STDIN_FILENO},
        };
        if (poll(polls, 2, (int)(pause < left ? pause : left)) < 0 && errno != EINTR) die("poll");
        /* Whoever asked has gone. */
        if (polls[1].revents) return EXIT_FAILURE;
        if (looks > 0) looks--;
        char bytes[4096];
        while (notes >= 0 && read(notes, bytes, sizeof bytes) > 0) looks = LOOKS;
    }
    return EXIT_SUCCESS;
}

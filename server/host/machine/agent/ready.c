/* `agent ready MS`: waits until the machine's own engine answers, so that nobody has to poll it from outside. */
#include "agent.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOOK_AGAIN_MS 5

/* One GET /_ping; true when the engine says 200. */
static int answers(const char *path) {
    static const char request[] = "GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n";
    char reply[64];
    int fd = connect_unix(path);
    if (fd < 0) return 0;
    int ok = 0;
    if (write(fd, request, sizeof request - 1) == (ssize_t)sizeof request - 1) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        ssize_t got = poll(&wait, 1, 1000) == 1 ? read(fd, reply, sizeof reply - 1) : -1;
        if (got > 12) {
            reply[got] = 0;
            ok = strncmp(reply + 8, " 200", 4) == 0;
        }
    }
    close(fd);
    return ok;
}

int wait_ready(long limit_ms) {
    const char *socket_path = env_or("DRYDOCK_ENGINE_SOCKET", "/run/docker.sock");
    char failed[PATH_BYTES], stopped[PATH_BYTES];
    snprintf(failed, sizeof failed, "%s/engine-failed", run_directory());
    snprintf(stopped, sizeof stopped, "%s/engine-stopped", run_directory());
    long long until = now_ms() + limit_ms;
    for (;;) {
        if (answers(socket_path)) return EXIT_SUCCESS;
        if (access(failed, F_OK) == 0 || access(stopped, F_OK) == 0) return READY_GIVEN_UP;
        if (now_ms() >= until) return READY_TIMED_OUT;
        poll(NULL, 0, LOOK_AGAIN_MS);
    }
}

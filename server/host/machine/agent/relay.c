/* Copies between our standard streams and a socket, each way at its own pace. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define LANE_BYTES (64 * 1024)
/* A peer that has closed its sending side seldom listens any more: stay this long after the last input. */
#define LINGER_MS 1000

/* One direction. At most LANE_BYTES wait here; beyond that the source is not read. */
struct lane {
    int from, to;
    bool source_ended, broken;
    size_t start, length;
    uint8_t bytes[LANE_BYTES];
};

static struct lane in_lane, out_lane;

static bool wants_read(const struct lane *lane) { return !lane->source_ended && lane->length == 0; }
static bool is_over(const struct lane *lane) {
    return lane->broken || (lane->source_ended && lane->length == 0);
}
static bool is_temporary(void) { return errno == EAGAIN || errno == EINTR; }

static void drain(struct lane *lane) {
    while (lane->length > 0) {
        ssize_t written = write(lane->to, lane->bytes + lane->start, lane->length);
        if (written < 0) {
            if (!is_temporary()) lane->broken = true;
            return;
        }
        lane->start += (size_t)written;
        lane->length -= (size_t)written;
    }
}

static void fill(struct lane *lane) {
    ssize_t got = read(lane->from, lane->bytes, LANE_BYTES);
    if (got < 0) {
        if (!is_temporary()) lane->source_ended = true;
        return;
    }
    if (got == 0) lane->source_ended = true;
    lane->start = 0;
    lane->length = (size_t)got;
    drain(lane);
}

static void set_nonblocking(int fd) { fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK); }

int relay(int fd, struct relay_ends ends) {
    in_lane = (struct lane){.from = STDIN_FILENO, .to = fd};
    out_lane = (struct lane){.from = fd, .to = STDOUT_FILENO};
    set_nonblocking(STDIN_FILENO);
    set_nonblocking(STDOUT_FILENO);
    set_nonblocking(fd);
    bool told_end = false, output_closed = false;
    for (;;) {
        if (out_lane.broken || (is_over(&in_lane) && is_over(&out_lane))) return EXIT_SUCCESS;
        if (!ends.half_close && (is_over(&in_lane) || is_over(&out_lane))) return EXIT_SUCCESS;
        if (is_over(&in_lane) && !told_end) {
            shutdown(fd, SHUT_WR);
            told_end = true;
        }
        if (is_over(&out_lane) && !output_closed) {
            /* Our reader learns at once that nothing more comes; where input comes the same way, closing tells it nothing. */
            shutdown(STDOUT_FILENO, SHUT_WR);
            close(STDOUT_FILENO);
            close(STDERR_FILENO);
            output_closed = true;
        }
        /* A negative descriptor is left out by poll. */
        struct pollfd polls[4] = {
            {.fd = wants_read(&in_lane) ? STDIN_FILENO : -1, .events = POLLIN},
            {.fd = in_lane.length > 0 ? fd : -1, .events = POLLOUT},
            {.fd = wants_read(&out_lane) ? fd : -1, .events = POLLIN},
            {.fd = out_lane.length > 0 ? STDOUT_FILENO : -1, .events = POLLOUT},
        };
        int ready = poll(polls, 4, output_closed ? LINGER_MS : -1);
        if (ready == 0) return EXIT_SUCCESS;
        if (ready < 0 && errno != EINTR) die("poll");
        if (ready < 0) continue;
        if (polls[0].revents) fill(&in_lane);
        if (polls[1].revents) drain(&in_lane);
        if (polls[2].revents) fill(&out_lane);
        if (polls[3].revents) drain(&out_lane);
    }
}

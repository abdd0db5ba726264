/* Keeps one shell alive whoever comes and goes: the loop between the PTY, the ring and the newest client. */
#include "holder.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* Reads of the PTY before clients get their turn: it gives a few KiB at a time, frames are better larger. */
#define READS_PER_TURN 16
/* How soon to look again whether a new visitor still holds the lock. */
#define LOCK_AGAIN_MS 10
/* How often we look where the shell is while it prints; who moves, prints at least a prompt. */
#define LOOK_AGAIN_MS 10

static struct ring ring;
static struct shell shell;
/* The first is the one attached; the others have yet to say that they want to be. */
static struct client clients[1 + WAITING_MAX];
static const char *terminal_name;

static void write_pid(const char *suffix, pid_t pid) {
    char path[PATH_BYTES];
    terminal_path(path, terminal_name, suffix);
    FILE *file = fopen(path, "we");
    if (!file) return;
    fprintf(file, "%d\n", (int)pid);
    fclose(file);
}

static void remove_traces(void) {
    char path[PATH_BYTES];
    terminal_path(path, terminal_name, ".sock");
    unlink(path);
    terminal_path(path, terminal_name, ".shell");
    unlink(path);
    terminal_path(path, terminal_name, ".pid");
    unlink(path);
}

static int listen_at(const char *name) {
    char path[PATH_BYTES];
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    terminal_path(path, name, ".sock");
    if (strlen(path) >= sizeof address.sun_path) return -1;
    strcpy(address.sun_path, path);
    unlink(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t before = umask(0177);
    bool ok = fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, 16) == 0;
    umask(before);
    return ok ? fd : -1;
}

static int watch_signals(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* A newcomer takes the oldest waiting place: somebody who only connects can neither fill us nor push out the
   client that is attached. */
static void welcome(int listener) {
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0) return;
    static int next;
    int place = 1 + next;
    for (int i = 1; i <= WAITING_MAX; i++)
        if (clients[i].fd < 0) place = i;
    if (clients[place].fd >= 0) next = (next + 1) % WAITING_MAX;
    close_client(&clients[place]);
    open_client(&clients[place], fd);
}

/* The newest client that asks for output is the one that gets it. */
static void hear_waiting(struct client *client) {
    if (!read_client(client, &ring, &shell)) {
        close_client(client);
    } else if (client->attached) {
        close_client(&clients[0]);
        clients[0] = *client;
        client->fd = -1;
        close_client(client);
    }
}

/* Without room for input it is heard only to have gone. But where output waits for an acknowledgement, that may
   stand behind the input: then it is heard, or program and client would wait for each other for ever. */
static bool may_hear(const struct client *client) {
    return input_room(&shell) > 0 || !has_window(client, &ring);
}

static void hear_attached(struct client *client) {
    if (!may_hear(client) || !read_client(client, &ring, &shell)) close_client(client);
}

/* True when the kernel has no more output for us now. */
static bool read_output(void) {
    for (int i = 0; i < READS_PER_TURN; i++) {
        if (!has_window(&clients[0], &ring)) return false;
        size_t room;
        uint8_t *to = ring_room(&ring, CHUNK, &room);
        ssize_t got = read(shell.master, to, room);
        if (got <= 0) return got == 0 || errno != EINTR;
        ring_added(&ring, (size_t)got);
    }
    return false;
}

/* Ends us unless a visitor holds the lock, or came while the shell was ending and wants its last words. */
static bool may_end(int listener) {
    char path[PATH_BYTES];
    terminal_path(path, terminal_name, ".lock");
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0) {
        close(lock);
        return false;
    }
    struct pollfd visitors = {.fd = listener, .events = POLLIN};
    bool alone = poll(&visitors, 1, 0) == 0;
    for (int i = 1; i <= WAITING_MAX; i++) alone = alone && clients[i].fd < 0;
    if (alone) {
        forget_directory(terminal_name);
        save_ring(terminal_name, &ring);
        remove_traces();
    }
    if (lock >= 0) close(lock);
    return alone;
}

/* Milliseconds until the next look is due, -1 for none. `printed`: something may have changed. */
static int follow_shell(bool printed) {
    static bool due;
    static long long looked_ms;
    due = due || printed;
    if (!due) return -1;
    long long now = now_ms();
    if (now - looked_ms < LOOK_AGAIN_MS) return LOOK_AGAIN_MS;
    save_directory(terminal_name, shell.pid);
    looked_ms = now;
    due = false;
    return -1;
}

static void sleep_now(void) {
    for (int i = 0; i <= WAITING_MAX; i++) close_client(&clients[i]);
    read_output();
    save_directory(terminal_name, shell.pid);
    save_ring(terminal_name, &ring);
    hang_up(&shell);
    remove_traces();
    exit(EXIT_SUCCESS);
}

/* Closed by its learner: shell and programs end as in a terminal that is switched off, and nothing is kept. */
static void end_now(void) {
    for (int i = 0; i <= WAITING_MAX; i++) close_client(&clients[i]);
    hang_up(&shell);
    forget_terminal(terminal_name);
    remove_traces();
    exit(EXIT_SUCCESS);
}

static void take_signals(int signals) {
    struct signalfd_siginfo info;
    while (read(signals, &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGTERM) sleep_now();
        if (info.ssi_signo == SIGHUP) end_now();
        if (info.ssi_signo == SIGCHLD) reap_shell(&shell);
    }
}

static void keep(int listener, int signals) {
    enum { LISTENER, SIGNALS, PTY, CLIENTS };
    bool drained = false, printed = false;
    for (;;) {
        struct client *attached = &clients[0];
        bool ended = !shell.running && drained;
        bool finished = ended && (attached->fd < 0 || told_exit(attached, &ring, shell.exit_code));
        if (finished && may_end(listener)) return;
        struct pollfd polls[CLIENTS + 1 + WAITING_MAX] = {
            [LISTENER] = {.fd = listener, .events = POLLIN},
            [SIGNALS] = {.fd = signals, .events = POLLIN},
            [PTY] = {.fd = ended ? -1 : shell.master},
        };
        if (has_window(attached, &ring)) polls[PTY].events |= POLLIN;
        if (shell.input_length > 0) polls[PTY].events |= POLLOUT;
        for (int i = 0; i <= WAITING_MAX; i++) {
            polls[CLIENTS + i].fd = clients[i].fd;
            if (i > 0 || may_hear(attached)) polls[CLIENTS + i].events |= POLLIN;
        }
        if (wants_write(attached, &ring)) polls[CLIENTS].events |= POLLOUT;
        bool draining = !shell.running && !drained && has_window(attached, &ring);
        int look = shell.running ? follow_shell(printed) : -1;
        printed = false;
        int limit = draining ? 0 : finished ? LOCK_AGAIN_MS : look;
        if (poll(polls, CLIENTS + 1 + WAITING_MAX, limit) < 0 && errno != EINTR) die("poll");

        if (polls[SIGNALS].revents) take_signals(signals);
        if (polls[PTY].revents & POLLOUT) drain_input(&shell);
        for (int i = 1; i <= WAITING_MAX; i++)
            if (polls[CLIENTS + i].revents) hear_waiting(&clients[i]);
        bool replaced = attached->fd != polls[CLIENTS].fd;
        if (!replaced && (polls[CLIENTS].revents & (POLLIN | POLLHUP | POLLERR))) hear_attached(attached);
        if ((polls[PTY].revents & POLLIN) || draining) {
            bool empty = read_output();
            printed = true;
            /* The kernel hands over all that a shell wrote before it says that there is no more. */
            if (draining && empty) drained = true;
        }
        if (attached->fd >= 0 && !write_client(attached, &ring)) close_client(attached);
        if (polls[LISTENER].revents) welcome(listener);
    }
}

int hold(const char *name, uint16_t cols, uint16_t rows, int ready_fd) {
    terminal_name = name;
    fcntl(ready_fd, F_SETFD, FD_CLOEXEC);
    for (int i = 0; i <= WAITING_MAX; i++) open_client(&clients[i], -1);
    int signals = watch_signals();
    restore_ring(name, &ring);
    int listener = listen_at(name);
    if (signals < 0 || listener < 0 || start_shell(&shell, name, cols, rows) != 0) die("cannot hold a shell");
    write_pid(".shell", shell.pid);
    write_pid(".pid", getpid());
    /* Nobody may be waiting any more; the shell is there for the next one. */
    if (write(ready_fd, "", 1) != 1) errno = 0;
    close(ready_fd);
    keep(listener, signals);
    return EXIT_SUCCESS;
}

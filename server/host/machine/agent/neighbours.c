/* `agent neighbours`: lends this machine's engine to the other machines of its sandbox, and theirs to this one. Whoever
   comes by the network must say the word that they share; to the programs here the others are sockets beside our own. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORD_BYTES 64
/* Other machines of a sandbox. */
#define NEIGHBOURS_MAX 8
/* Connections at once, both ways together; a page of a client needs two or three. */
#define LINES_MAX 64
#define WORD_LIMIT_S 2
#define LOCK_TRIES 200
#define LOCK_AGAIN_MS 10

static char word[WORD_BYTES];
static const char *port;
static int lock_fd = -1, listeners[1 + NEIGHBOURS_MAX];
static char *const *names;
static int neighbours;

/* All of `length` bytes, or false. */
static bool read_all(int fd, char *to, size_t length) {
    while (length > 0) {
        ssize_t got = read(fd, to, length);
        if (got <= 0) return false;
        to += got;
        length -= (size_t)got;
    }
    return true;
}

/* Takes as long for a wrong word as for the right one. */
static bool is_word(const char *said) {
    unsigned char difference = 0;
    for (int i = 0; i < WORD_BYTES; i++) difference |= (unsigned char)(word[i] ^ said[i]);
    return difference == 0;
}

static void engines_path(char path[PATH_BYTES], const char *name, const char *suffix) {
    snprintf(path, PATH_BYTES, "%s/engines%s%s%s", run_directory(), *name ? "/" : "", name, suffix);
}

/* A machine that is gone says nothing any more: found out within half a minute. */
static void keep_alive(int fd) {
    int yes = 1, idle = 15, interval = 5, count = 3;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &yes, sizeof yes);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof interval);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof count);
}

static int connect_neighbour(const char *name) {
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found = NULL;
    if (getaddrinfo(name, port, &hints, &found) != 0) return -1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ok = fd >= 0 && connect(fd, found->ai_addr, found->ai_addrlen) == 0 &&
              write(fd, word, WORD_BYTES) == WORD_BYTES;
    freeaddrinfo(found);
    if (ok) return fd;
    if (fd >= 0) close(fd);
    return -1;
}

static int connect_own_engine(int visitor) {
    char said[WORD_BYTES];
    /* For the whole word: byte by byte it would hold one of the few places for minutes. */
    alarm(WORD_LIMIT_S);
    if (!read_all(visitor, said, WORD_BYTES) || !is_word(said)) return -1;
    alarm(0);
    return connect_unix(env_or("DRYDOCK_ENGINE_SOCKET", "/run/docker.sock"));
}

/* One connection, in a process of its own: it ends when either side does, whatever becomes of us. */
static _Noreturn void serve(int visitor, int place) {
    close(lock_fd);
    for (int i = 0; i <= neighbours; i++) close(listeners[i]);
    signal(SIGTERM, SIG_DFL);
    int fd;
    if (place == 0) {
        keep_alive(visitor);
        fd = connect_own_engine(visitor);
    } else {
        fd = connect_neighbour(names[place - 1]);
        if (fd >= 0) keep_alive(fd);
    }
    if (fd < 0) _exit(EXIT_FAILURE);
    dup2(visitor, STDIN_FILENO);
    dup2(visitor, STDOUT_FILENO);
    close(visitor);
    _exit(relay(fd, (struct relay_ends){.half_close = true}));
}

static int listen_door(void) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), yes = 1;
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port)), .sin_addr.s_addr = htonl(INADDR_ANY)};
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 64) != 0) die("door");
    return fd;
}

/* For whom the engine's own socket is, this one is too. */
static int listen_socket(const char *name) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char path[PATH_BYTES];
    engines_path(path, name, ".sock");
    if (strlen(path) >= sizeof address.sun_path) die(name);
    strcpy(address.sun_path, path);
    unlink(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    mode_t before = umask(0117);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 64) != 0) die(path);
    umask(before);
    struct group *docker = getgrnam("docker");
    if (docker && chown(path, (uid_t)-1, docker->gr_gid) != 0) errno = 0;
    return fd;
}

/* The one before us goes; the lines that it began live on. */
static void take_over(void) {
    char path[PATH_BYTES], text[16] = "";
    mkdir(run_directory(), 0755);
    snprintf(path, sizeof path, "%s/neighbours.pid", run_directory());
    lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock_fd < 0) die(path);
    for (int tries = 0; flock(lock_fd, LOCK_EX | LOCK_NB) != 0; tries++) {
        if (tries == 0 && pread(lock_fd, text, sizeof text - 1, 0) > 0 && atoi(text) > 1)
            kill(atoi(text), SIGTERM);
        if (tries >= LOCK_TRIES) die("the one before us does not go");
        poll(NULL, 0, LOCK_AGAIN_MS);
    }
}

static void clear_sockets(void) {
    char path[PATH_BYTES], name[16];
    engines_path(path, "", "");
    mkdir(path, 0755);
    for (int number = 1; number <= 1 + NEIGHBOURS_MAX; number++) {
        snprintf(name, sizeof name, "node%d", number);
        engines_path(path, name, ".sock");
        unlink(path);
    }
}

/* Whoever started us goes on once all is open, and whoever comes next finds us by our number. */
static void to_background(void) {
    pid_t pid = fork();
    if (pid < 0) die("fork");
    if (pid > 0) {
        char text[16];
        int length = snprintf(text, sizeof text, "%d\n", (int)pid);
        bool ok = ftruncate(lock_fd, 0) == 0 && pwrite(lock_fd, text, (size_t)length, 0) == length;
        _exit(ok ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    setsid();
    int nothing = open("/dev/null", O_RDWR);
    for (int fd = 0; fd <= 2; fd++) dup2(nothing, fd);
    if (nothing > 2) close(nothing);
}

static _Noreturn void keep_open(void) {
    for (int lines = 0;;) {
        struct pollfd polls[1 + NEIGHBOURS_MAX];
        for (int i = 0; i <= neighbours; i++) polls[i] = (struct pollfd){.fd = listeners[i], .events = POLLIN};
        /* Now and then too, so that those that ended do not stay in the list of processes. */
        poll(polls, (nfds_t)(1 + neighbours), lines > 0 ? 1000 : -1);
        while (lines > 0 && waitpid(-1, NULL, WNOHANG) > 0) lines--;
        for (int i = 0; i <= neighbours; i++) {
            int visitor = polls[i].revents ? accept4(listeners[i], NULL, NULL, SOCK_CLOEXEC) : -1;
            if (visitor < 0) continue;
            pid_t pid = lines < LINES_MAX ? fork() : -1;
            if (pid == 0) serve(visitor, i);
            if (pid > 0) lines++;
            close(visitor);
        }
    }
}

int lend_engines(const char *on_port, char *const *others, int count) {
    port = on_port;
    names = others;
    neighbours = count;
    if (count > NEIGHBOURS_MAX) return BAD_USAGE;
    if (!read_all(STDIN_FILENO, word, WORD_BYTES)) die("no word");
    take_over();
    clear_sockets();
    /* Alone again: nobody is there to lend anything to. */
    if (count == 0) return EXIT_SUCCESS;
    listeners[0] = listen_door();
    for (int i = 0; i < count; i++) listeners[i + 1] = listen_socket(names[i]);
    to_background();
    keep_open();
}

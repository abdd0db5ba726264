/* `agent terminal`: makes sure that a holder keeps this shell, and connects our standard streams to it. */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A machine under load is slow to start a shell, but not this slow. */
#define START_LIMIT_MS 10000
/* A holder gives its shell a third of a second to write its history. */
#define END_LIMIT_MS 3000

/* Becomes the holder: no descriptor of ours may go along, or the exec that started it would never end. */
static _Noreturn void become_holder(const char *name, const char *cols, const char *rows, int ready_fd) {
    setsid();
    if (fork() != 0) _exit(EXIT_SUCCESS);
    int null = open("/dev/null", O_RDWR);
    for (int fd = 0; fd <= 2; fd++) dup2(null, fd);
    const int kept = 3;
    if (ready_fd != kept) dup2(ready_fd, kept);
    for (int fd = kept + 1; fd < 256; fd++) close(fd);
    if (chdir("/") != 0) _exit(EXIT_FAILURE);
    const char *group = env_or("DRYDOCK_SHELL_GROUP", "/usr/local/lib/drydock/shell");
    char own_path[PATH_BYTES];
    ssize_t length = readlink("/proc/self/exe", own_path, sizeof own_path - 1);
    if (length < 0) _exit(EXIT_FAILURE);
    own_path[length] = 0;
    char *const direct[] = {own_path, "hold", (char *)name, (char *)cols, (char *)rows, "3", NULL};
    char *const grouped[] = {(char *)group, own_path, "hold", (char *)name, (char *)cols, (char *)rows, "3", NULL};
    /* Tests have no group to move into. */
    if (*group == 0) execv(own_path, direct);
    execv(group, grouped);
    _exit(EXIT_FAILURE);
}

static void start_holder(const char *name, uint16_t cols, uint16_t rows) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) die("pipe");
    char cols_text[8], rows_text[8];
    snprintf(cols_text, sizeof cols_text, "%u", cols);
    snprintf(rows_text, sizeof rows_text, "%u", rows);
    pid_t child = fork();
    if (child < 0) die("fork");
    if (child == 0) become_holder(name, cols_text, rows_text, ends[1]);
    close(ends[1]);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
    struct pollfd wait = {.fd = ends[0], .events = POLLIN};
    char byte;
    errno = ETIMEDOUT;
    if (poll(&wait, 1, START_LIMIT_MS) != 1) die("the shell does not start");
    errno = ECHILD;
    if (read(ends[0], &byte, 1) != 1) die("the shell does not start");
    close(ends[0]);
}

/* Two visitors at once must find one shell, and a holder that is about to end must not be found. */
static int lock_terminal(const char *name) {
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s", run_directory());
    mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/terminals", run_directory());
    if (mkdir(path, 0700) != 0 && errno != EEXIST) die(path);
    terminal_path(path, name, ".lock");
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0) die(path);
    while (flock(lock, LOCK_EX) != 0)
        if (errno != EINTR) die(path);
    return lock;
}

int terminal(const char *name, uint16_t cols, uint16_t rows, bool start_only) {
    char path[PATH_BYTES];
    terminal_path(path, name, ".sock");
    int lock = lock_terminal(name);
    int fd = connect_unix(path);
    if (fd < 0) {
        start_holder(name, cols, rows);
        fd = connect_unix(path);
    }
    if (fd < 0) die(path);
    close(lock);
    if (start_only) return EXIT_SUCCESS;
    return relay(fd, (struct relay_ends){.half_close = false});
}

static pid_t holder_of(const char *name) {
    char path[PATH_BYTES];
    int pid = 0;
    terminal_path(path, name, ".pid");
    FILE *file = fopen(path, "re");
    if (!file) return 0;
    if (fscanf(file, "%d", &pid) != 1) pid = 0;
    fclose(file);
    return pid > 1 ? pid : 0;
}

int end_terminal(const char *name) {
    /* Whoever asks for this terminal meanwhile waits, and gets a new shell. */
    int lock = lock_terminal(name);
    pid_t holder = holder_of(name);
    if (holder == 0 || kill(holder, SIGHUP) != 0) {
        forget_terminal(name);
    } else {
        long long until = now_ms() + END_LIMIT_MS;
        while (holder_of(name) == holder && now_ms() < until) poll(NULL, 0, 5);
        errno = ETIMEDOUT;
        if (holder_of(name) == holder) die("the shell does not end");
    }
    close(lock);
    return EXIT_SUCCESS;
}

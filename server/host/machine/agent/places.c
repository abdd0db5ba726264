/* Where the agent's files lie, and small conveniences around the system's calls. */
#include "agent.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

const char *env_or(const char *name, const char *otherwise) {
    const char *value = getenv(name);
    return value ? value : otherwise;
}

const char *run_directory(void) { return env_or("DRYDOCK_RUN_DIR", "/run/drydock"); }

void terminal_path(char path[PATH_BYTES], const char *name, const char *suffix) {
    snprintf(path, PATH_BYTES, "%s/terminals/%s%s", run_directory(), name, suffix);
}

void saved_path(char path[PATH_BYTES], const char *name, const char *suffix) {
    snprintf(path, PATH_BYTES, "%s/terminals/%s%s", env_or("DRYDOCK_STATE_DIR", "/var/lib/drydock"), name,
             suffix);
}

int connect_unix(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
    int reason = errno;
    close(fd);
    errno = reason;
    return -1;
}

long long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void put(uint8_t *to, uint64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--, value >>= 8) to[i] = (uint8_t)value;
}
void put_u16(uint8_t *to, uint16_t value) { put(to, value, 2); }
void put_u32(uint8_t *to, uint32_t value) { put(to, value, 4); }
void put_u64(uint8_t *to, uint64_t value) { put(to, value, 8); }

static uint64_t get(const uint8_t *from, int bytes) {
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++) value = value << 8 | from[i];
    return value;
}
uint16_t get_u16(const uint8_t *from) { return (uint16_t)get(from, 2); }
uint32_t get_u32(const uint8_t *from) { return (uint32_t)get(from, 4); }
uint64_t get_u64(const uint8_t *from) { return get(from, 8); }

_Noreturn void die(const char *what) {
    fprintf(stderr, "agent: %s: %s\n", what, strerror(errno));
    exit(EXIT_FAILURE);
}

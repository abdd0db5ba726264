/* `agent dial`: our standard streams become a connection to a socket inside the machine. */
#include "agent.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int connect_tcp(const char *text) {
    char *end;
    long port = strtol(text, &end, 10);
    if (*text == 0 || *end != 0 || port < 1 || port > 65535) {
        errno = EINVAL;
        return -1;
    }
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
    if (fd < 0) return -1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0) return fd;
    int reason = errno;
    close(fd);
    errno = reason;
    return -1;
}

int dial(const char *target) {
    int fd = -1;
    errno = EINVAL;
    if (strncmp(target, "unix:", 5) == 0) fd = connect_unix(target + 5);
    if (strncmp(target, "tcp:", 4) == 0) fd = connect_tcp(target + 4);
    if (fd < 0) die(target);
    return relay(fd, (struct relay_ends){.half_close = true});
}

/* Reads one request from a connection and finds in it what the answer needs. */
#include "request.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

/* An IPv4 address is written as such, also where it came through an IPv6 socket. */
static void note_remote(int connection, struct request *request) {
    struct sockaddr_storage from;
    socklen_t length = sizeof from;
    char address[INET6_ADDRSTRLEN] = "?";
    int port = 0;
    memset(&from, 0, sizeof from);
    getpeername(connection, (struct sockaddr *)&from, &length);
    if (from.ss_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)&from;
        inet_ntop(AF_INET, &four->sin_addr, address, sizeof address);
        port = ntohs(four->sin_port);
    } else if (from.ss_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)&from;
        port = ntohs(six->sin6_port);
        if (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
            inet_ntop(AF_INET, six->sin6_addr.s6_addr + 12, address, sizeof address);
        else
            inet_ntop(AF_INET6, &six->sin6_addr, address, sizeof address);
    }
    const char *shape = strchr(address, ':') ? "[%s]:%d" : "%s:%d";
    snprintf(request->remote, sizeof request->remote, shape, address, port);
}

/* The value of a header, up to the end of its line; NULL when it is not there. */
static const char *header(const struct request *request, const char *name) {
    size_t length = strlen(name);
    const char *line = request->head;
    while ((line = strstr(line, "\r\n")) != NULL) {
        line += 2;
        if (strncasecmp(line, name, length) != 0 || line[length] != ':') continue;
        line += length + 1;
        return line + strspn(line, " \t");
    }
    return NULL;
}

static int parse_head(struct request *request) {
    char version[16];
    if (sscanf(request->head, "%15[A-Z] %2047[^ \r\n] %15[^ \r\n]", request->method, request->target, version) != 3 ||
        strncmp(version, "HTTP/1.", 7) != 0)
        return 400;
    const char *host = header(request, "host");
    if (host) snprintf(request->host, sizeof request->host, "%.*s", (int)strcspn(host, "\r"), host);
    return 200;
}

/* What came behind the head, and as much more as is announced and has room. */
static void read_body(int connection, struct request *request, const char *early, size_t have) {
    const char *length = header(request, "content-length");
    size_t room = sizeof request->body - 1;
    size_t wanted = length ? strtoul(length, NULL, 10) : 0;
    if (wanted > room) wanted = room;
    if (have > wanted) have = wanted;
    memcpy(request->body, early, have);
    while (have < wanted) {
        ssize_t got = read(connection, request->body + have, wanted - have);
        if (got <= 0) break;
        have += (size_t)got;
    }
    request->body[have] = '\0';
}

int read_request(int connection, struct request *request) {
    char incoming[REQUEST_MAX + 1];
    size_t have = 0;
    memset(request, 0, sizeof *request);
    note_remote(connection, request);
    for (;;) {
        if (have == REQUEST_MAX) return 431;
        ssize_t got = read(connection, incoming + have, REQUEST_MAX - have);
        if (got < 0) return 408;
        if (got == 0) return 0;
        have += (size_t)got;
        incoming[have] = '\0';
        const char *end = strstr(incoming, "\r\n\r\n");
        if (!end) continue;
        request->head_length = (size_t)(end - incoming) + 4;
        memcpy(request->head, incoming, request->head_length);
        int status = parse_head(request);
        if (status == 200) read_body(connection, request, end + 4, have - request->head_length);
        return status;
    }
}

int is_path(const struct request *request, const char *path) {
    size_t length = strcspn(request->target, "?");
    return strlen(path) == length && strncmp(request->target, path, length) == 0;
}

int query_value(const struct request *request, const char *name, char *value, size_t size) {
    size_t length = strlen(name);
    const char *at = strchr(request->target, '?');
    while (at) {
        at++;
        if (strncmp(at, name, length) == 0 && at[length] == '=') {
            at += length + 1;
            snprintf(value, size, "%.*s", (int)strcspn(at, "&"), at);
            return 1;
        }
        at = strchr(at, '&');
    }
    return 0;
}

/* Composes the answers: plain lines for people, the same as JSON under /api, and a health that can be set. */
#include "answer.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

/* Set by POST /health, so that one can watch what others make of a sick server. */
static atomic_int health = 200;

/* Every address of this host, one after another between BEFORE and AFTER, with BETWEEN in the middle. */
static void write_addresses(FILE *body, const char *before, const char *after, const char *between) {
    struct ifaddrs *all = NULL;
    const char *separator = "";
    if (getifaddrs(&all) != 0) return;
    for (struct ifaddrs *one = all; one; one = one->ifa_next) {
        char text[INET6_ADDRSTRLEN];
        if (!one->ifa_addr) continue;
        const void *address = NULL;
        if (one->ifa_addr->sa_family == AF_INET) address = &((struct sockaddr_in *)one->ifa_addr)->sin_addr;
        if (one->ifa_addr->sa_family == AF_INET6) address = &((struct sockaddr_in6 *)one->ifa_addr)->sin6_addr;
        if (!address || !inet_ntop(one->ifa_addr->sa_family, address, text, sizeof text)) continue;
        fprintf(body, "%s%s%s%s", separator, before, text, after);
        separator = between;
    }
    freeifaddrs(all);
}

static void write_lines(const struct request *request, const char *name, const char *host, FILE *body) {
    char wanted[8];
    if (*name) fprintf(body, "Name: %s\n", name);
    fprintf(body, "Hostname: %s\n", host);
    write_addresses(body, "IP: ", "\n", "");
    fprintf(body, "RemoteAddr: %s\n", request->remote);
    fwrite(request->head, 1, request->head_length, body);
    if (!query_value(request, "env", wanted, sizeof wanted) || strcmp(wanted, "true") != 0) return;
    for (char **variable = environ; *variable; variable++) fprintf(body, "%s\n", *variable);
}

static void write_string(FILE *body, const char *text, size_t length) {
    fputc('"', body);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\') fprintf(body, "\\%c", c);
        else if (c < 0x20) fprintf(body, "\\u%04x", c);
        else fputc(c, body);
    }
    fputc('"', body);
}

static void write_member(FILE *body, const char *key, const char *text) {
    fprintf(body, "\"%s\":", key);
    write_string(body, text, strlen(text));
    fputc(',', body);
}

/* One member for each header line, each value in a list, as it might come more than once elsewhere. */
static void write_headers(const struct request *request, FILE *body) {
    const char *line = strstr(request->head, "\r\n") + 2;
    const char *separator = "";
    fputs("\"headers\":{", body);
    for (size_t length; (length = strcspn(line, "\r")) > 0; line += length + 2) {
        const char *colon = memchr(line, ':', length);
        if (!colon) continue;
        const char *value = colon + 1 + strspn(colon + 1, " \t");
        fputs(separator, body);
        write_string(body, line, (size_t)(colon - line));
        fputs(":[", body);
        write_string(body, value, (size_t)(line + length - value));
        fputc(']', body);
        separator = ",";
    }
    fputc('}', body);
}

static void write_json(const struct request *request, const char *name, const char *host, FILE *body) {
    fputc('{', body);
    if (*name) write_member(body, "name", name);
    write_member(body, "hostname", host);
    fputs("\"ip\":[", body);
    write_addresses(body, "\"", "\"", ",");
    fputs("],", body);
    write_member(body, "host", request->host);
    write_member(body, "method", request->method);
    write_member(body, "url", request->target);
    write_member(body, "remoteAddr", request->remote);
    write_headers(request, body);
    fputs("}\n", body);
}

static int answer_health(const struct request *request, FILE *body) {
    if (strcmp(request->method, "POST") != 0) {
        int status = atomic_load(&health);
        fprintf(body, "%d\n", status);
        return status;
    }
    int status = atoi(request->body);
    if (status < 200 || status > 599) return 400;
    atomic_store(&health, status);
    return 200;
}

/* `?wait=1500ms` or `?wait=2s`: holds the answer back, a minute at most. */
static void wait_if_asked(const struct request *request) {
    char text[16], *unit;
    if (!query_value(request, "wait", text, sizeof text)) return;
    double amount = strtod(text, &unit);
    double seconds = strcmp(unit, "ms") == 0 ? amount / 1000 : strcmp(unit, "m") == 0 ? amount * 60 : amount;
    if (seconds > 0) usleep((useconds_t)((seconds < 60 ? seconds : 60) * 1e6));
}

int answer(const struct request *request, const char *name, FILE *body, const char **type) {
    char host[256] = "";
    *type = "text/plain; charset=utf-8";
    if (is_path(request, "/health")) return answer_health(request, body);
    if (is_path(request, "/bench")) {
        fputc('1', body);
        return 200;
    }
    gethostname(host, sizeof host - 1);
    wait_if_asked(request);
    if (is_path(request, "/api")) {
        *type = "application/json";
        write_json(request, name, host, body);
    } else {
        write_lines(request, name, host, body);
    }
    return 200;
}

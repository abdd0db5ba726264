/* Keeps the latest output of a shell under absolute offsets, growing from little to 2 MiB as it fills. */
#include "holder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SIZE ((size_t)64 * 1024)

/* Sizes are powers of two, so that an offset's place is a mask. */
static size_t place(const struct ring *ring, uint64_t offset) { return (size_t)(offset & (ring->size - 1)); }

static void grow(struct ring *ring) {
    struct ring larger = {
        .size = ring->size ? ring->size * 2 : FIRST_SIZE, .start = ring->start, .end = ring->start};
    larger.bytes = malloc(larger.size);
    if (!larger.bytes) die("no memory for output");
    for (uint64_t offset = ring->start; offset < ring->end;) {
        size_t length;
        const uint8_t *from = ring_at(ring, offset, (size_t)(ring->end - offset), &length);
        size_t at = place(&larger, offset), fits = larger.size - at;
        if (length > fits) length = fits;
        memcpy(larger.bytes + at, from, length);
        offset += length;
        larger.end = offset;
    }
    free(ring->bytes);
    *ring = larger;
}

uint8_t *ring_room(struct ring *ring, size_t wanted, size_t *length) {
    while (ring->size < RING_MAX && ring->end - ring->start + wanted > ring->size) grow(ring);
    size_t at = place(ring, ring->end), contiguous = ring->size - at;
    *length = wanted < contiguous ? wanted : contiguous;
    /* What is about to be overwritten is gone even if fewer bytes arrive: a read may touch all of it. */
    uint64_t oldest = ring->end + *length > ring->size ? ring->end + *length - ring->size : 0;
    if (ring->start < oldest) ring->start = oldest;
    return ring->bytes + at;
}

void ring_added(struct ring *ring, size_t length) { ring->end += length; }

void ring_append(struct ring *ring, const void *bytes, size_t length) {
    const uint8_t *from = bytes;
    while (length > 0) {
        size_t fits;
        uint8_t *to = ring_room(ring, length, &fits);
        memcpy(to, from, fits);
        ring_added(ring, fits);
        from += fits;
        length -= fits;
    }
}

const uint8_t *ring_at(const struct ring *ring, uint64_t offset, size_t wanted, size_t *length) {
    size_t at = place(ring, offset), contiguous = ring->size - at;
    *length = wanted < contiguous ? wanted : contiguous;
    return ring->bytes + at;
}

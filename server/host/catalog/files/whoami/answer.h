/* What whoami says: about itself, about the request, or about its health. */
#ifndef ANSWER_H
#define ANSWER_H

#include "request.h"

#include <stdio.h>

/* Writes the body of the answer, and names its type; answers the HTTP status. NAME may be empty. */
int answer(const struct request *request, const char *name, FILE *body, const char **type);

#endif

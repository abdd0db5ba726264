-- CreateTable
CREATE TABLE "removed_learner" (
    "classId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,

    PRIMARY KEY ("classId", "userId"),
    CONSTRAINT "removed_learner_classId_fkey" FOREIGN KEY ("classId") REFERENCES "class" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "removed_learner_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "removed_learner_userId_idx" ON "removed_learner"("userId");

-- AlterTable
ALTER TABLE "sandbox" ADD COLUMN "terminals" TEXT;

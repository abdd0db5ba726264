/** Any other address: "no such page" in the reader's language, inside our own frame. */
import { notFound } from 'next/navigation';

export default function Unknown(): never {
  notFound();
}

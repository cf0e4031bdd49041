/**
 * {@code trainer fetch}: downloads a corpus from its publisher. {@link dev.cadenza.trainer.fetch.FetchCommand} is the
 * command; behind it a {@code Download} that resumes, and a {@code PartFile} that holds what has arrived so far.
 *
 * <p>What has arrived lies in {@code <file>.part} until its sha256 is known to be right, and is then renamed; {@code
 * <file>.part.etag} says which edition it is a part of. Nothing that was there before under the file's own
 * name is ever overwritten.
 */
@NullMarked
package dev.cadenza.trainer.fetch;

import org.jspecify.annotations.NullMarked;

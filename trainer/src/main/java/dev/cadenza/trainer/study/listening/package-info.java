/**
 * The blind listening test: {@link dev.cadenza.trainer.study.listening.ListeningPage} makes a page of clips, listeners leave
 * ratings beside it, and {@link dev.cadenza.trainer.study.listening.ListeningRatings} reads them.
 */
@NullMarked
package dev.cadenza.trainer.study.listening;

import org.jspecify.annotations.NullMarked;

/** What the BLAS under ND4J can do on this machine: {@link dev.cadenza.trainer.blas.SgemmCheck}. */
@NullMarked
package dev.cadenza.trainer.blas;

import org.jspecify.annotations.NullMarked;

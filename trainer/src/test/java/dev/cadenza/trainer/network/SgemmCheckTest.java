package dev.cadenza.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SgemmCheckTest {
    @Test
    void warnsFarBelowWhatTheProcessorCanDo() {
        assertThat(new SgemmCheck(30, "avx512f").warning())
                .hasValueSatisfying(
                        warning -> assertThat(warning).contains("30 GFLOP/s").contains("avx512f"));
        assertThat(new SgemmCheck(20, "avx2").warning()).isPresent();
        assertThat(new SgemmCheck(130, "avx512f").warning()).isEmpty();
        assertThat(new SgemmCheck(70, "avx2").warning()).isEmpty();
        assertThat(new SgemmCheck(5, "").warning()).isEmpty();
    }

    @Test
    void measuresASpeed() {
        assertThat(SgemmCheck.run().gigaflops()).isBetween(0.5, 10_000.0);
    }
}

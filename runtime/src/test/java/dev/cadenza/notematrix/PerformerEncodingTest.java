package dev.cadenza.notematrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

final class PerformerEncodingTest {
    private static final PerformerEncoding STANDARD = PerformerEncoding.STANDARD;

    @Test
    void aVelocityIsFoundInTheMiddleOfItsClass() {
        assertThat(STANDARD.velocityClasses()).isEqualTo(32);
        for (int velocity = 1; velocity <= 127; velocity++) {
            int ofClass = STANDARD.velocityClass(velocity);
            assertThat(ofClass).isBetween(0, 31);
            assertThat(STANDARD.velocityClass(STANDARD.velocity(ofClass))).isEqualTo(ofClass);
            assertThat(Math.abs(STANDARD.velocity(ofClass) - velocity)).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void survivesItsJson() {
        assertThat(PerformerEncoding.fromJson(STANDARD.toJson())).isEqualTo(STANDARD);
    }

    @Test
    void refusesJsonByName() {
        ObjectNode unknown = STANDARD.toJson().put("extra", 1);
        ObjectNode missing = STANDARD.toJson();
        missing.remove("velocity_width");
        ObjectNode otherPiano = STANDARD.toJson().put("lowest_pitch", 24);

        assertThatThrownBy(() -> PerformerEncoding.fromJson(unknown)).hasMessageContaining("extra");
        assertThatThrownBy(() -> PerformerEncoding.fromJson(missing)).hasMessageContaining("velocity_width");
        assertThatThrownBy(() -> PerformerEncoding.fromJson(otherPiano))
                .hasMessage("lowest_pitch (24) must be in 21..21");
    }
}

package dev.cadenza.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LicenceTest {
    @Test
    void theTermsOfEachDataAreSaidOnce() {
        String terms = "maestro, which is under CC BY-NC-SA 4.0: give credit; share it. It is strict.";
        String text = "Trained on " + terms + " Begun with a model trained on " + terms
                + " Begun with a model trained on another: its terms apply (X)."
                + " Begun with a model trained on " + terms;
        assertThat(new Licence("CC", text, "").terms())
                .isEqualTo("Trained on " + terms + " Begun with a model trained on another: its terms apply (X).");
        assertThat(new Licence("CC", "All rights reserved.", "").terms()).isEqualTo("All rights reserved.");
    }
}

package dev.cadenza.exporter.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.model.Licence;
import org.junit.jupiter.api.Test;

final class DataLicenceTest {
    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    @Test
    void aModelBegunWithAnotherIsUnderTheTermsOfBoth() throws Exception {
        Licence licence = DataLicence.of(json("{'data': {'name': 'mine', 'licence': 'CC0-1.0'}, 'from':"
                + " {'data': {'name': 'MAESTRO', 'licence': 'CC-BY-NC-SA-4.0', 'citation': 'Hawthorne et al.'}}}"));

        assertThat(licence.id()).isEqualTo("CC-BY-NC-SA-4.0");
        assertThat(licence.text())
                .startsWith("Trained on mine: the terms of that data apply (CC0-1.0).")
                .contains("Begun with a model trained on MAESTRO", "not for commercial use");
        assertThat(licence.attribution()).isEqualTo("mine; Hawthorne et al.");
    }

    @Test
    void otherLicencesAddUp() throws Exception {
        assertThat(DataLicence.of(json("{'data': {'name': 'a', 'licence': 'CC0-1.0'}, 'from':"
                                + " {'data': {'name': 'b', 'licence': 'CC-BY-4.0'}}}"))
                        .id())
                .isEqualTo("CC0-1.0 AND CC-BY-4.0");
    }

    @Test
    void everyPartMustNameItsLicence() throws Exception {
        JsonNode provenance = json("{'data': {'name': 'a', 'licence': 'CC0-1.0'}, 'from': {}}");

        assertThatThrownBy(() -> DataLicence.of(provenance)).isInstanceOf(ExportRefusedException.class);
    }
}

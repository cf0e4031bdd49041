package dev.cadenza.exporter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.model.Licence;

/** The terms of a model, from the licence of the data that its provenance names. */
final class DataLicence {
    private static final String NON_COMMERCIAL = "CC-BY-NC-SA-4.0";

    private DataLicence() {}

    static Licence of(JsonNode provenance) throws ExportRefusedException {
        JsonNode data = provenance.path("data");
        String id = data.path("licence").asText("");
        if (id.isBlank()) {
            throw new ExportRefusedException(
                    "the checkpoint's provenance must name the licence of its data (data.licence)");
        }
        String name = data.path("name").asText("unnamed data");
        String attribution = data.path("citation").asText(name);
        if (id.equals(NON_COMMERCIAL)) {
            return new Licence(
                    id,
                    "Trained on " + name
                            + ", which is under CC BY-NC-SA 4.0: not for commercial use; give credit; share"
                            + " what you derive from it under the same terms.",
                    attribution);
        }
        return new Licence(id, "Trained on " + name + ": the terms of that data apply (" + id + ").", attribution);
    }
}

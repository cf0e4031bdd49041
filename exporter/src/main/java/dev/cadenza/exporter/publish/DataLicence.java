package dev.cadenza.exporter.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cadenza.exporter.kind.ExportRefusedException;
import dev.cadenza.model.Licence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The terms of a model, from the licences of the data that its provenance names: its own, and that of the checkpoint
 * whose parameters it began with, and so on.
 */
final class DataLicence {
    private static final String NON_COMMERCIAL = "CC-BY-NC-SA-4.0";

    private DataLicence() {}

    static Licence of(JsonNode provenance) throws ExportRefusedException {
        List<String> terms = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        Set<String> attributions = new LinkedHashSet<>();
        for (JsonNode making = provenance; making.isObject(); making = making.path("from")) {
            JsonNode data = making.path("data");
            String id = data.path("licence").asText("");
            if (id.isBlank()) {
                throw new ExportRefusedException(
                        "the checkpoint's provenance must name the licence of its data (data.licence)");
            }
            String name = data.path("name").asText("unnamed data");
            ids.add(id);
            attributions.add(data.path("citation").asText(name));
            terms.add(text(terms.isEmpty() ? "Trained on " : "Begun with a model trained on ", name, id));
        }
        // The strict licence binds the whole: what derives from its data must be under the same terms.
        String id = ids.contains(NON_COMMERCIAL) ? NON_COMMERCIAL : String.join(" AND ", ids);
        return new Licence(id, String.join(" ", terms), String.join("; ", attributions));
    }

    private static String text(String how, String name, String id) {
        if (id.equals(NON_COMMERCIAL)) {
            return how + name
                    + ", which is under CC BY-NC-SA 4.0: not for commercial use; give credit; share"
                    + " what you derive from it under the same terms.";
        }
        return how + name + ": the terms of that data apply (" + id + ").";
    }
}

package dev.cadenza.trainer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.console.JarVersion;
import dev.cadenza.trainer.blas.SgemmCheck;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a checkpoint says of its making. */
final class Provenance {
    private static final String MAESTRO_LICENCE = "CC-BY-NC-SA-4.0";
    private static final String MAESTRO_CITATION = "Hawthorne et al., Enabling Factorized Piano Music Modeling and"
            + " Generation with the MAESTRO Dataset, ICLR 2019";

    private Provenance() {}

    /**
     * Tells of a run.
     *
     * @param dataLicence of a corpus that is not MAESTRO, when whoever trains names it
     */
    static ObjectNode of(EncodedCorpus corpus, @Nullable String dataLicence, ObjectNode preset, SgemmCheck sgemm) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        boolean maestro = corpus.corpus().official();
        ObjectNode data = node.putObject("data");
        data.put("name", corpus.corpus().name()).put("sha256", corpus.corpus().sha256());
        data.put("split", maestro ? "official" : "by file hash");
        String unstated = maestro ? MAESTRO_LICENCE : "unknown";
        data.put("licence", dataLicence == null ? unstated : dataLicence);
        if (maestro) {
            data.put("citation", MAESTRO_CITATION);
        }
        for (Split split : Split.values()) {
            data.put(split.label() + "_pieces", corpus.pieces(split).size());
            data.put(split.label() + "_notes", corpus.notes(split));
        }
        data.put("skipped_files", corpus.skipped().size());
        if (!corpus.warned().isEmpty()) {
            data.put("warned_files", corpus.warned().size());
        }
        node.set("preset", preset);
        tools(node, sgemm);
        return node;
    }

    /** Says what tools were at work. */
    static void tools(ObjectNode node, SgemmCheck sgemm) {
        ObjectNode tools = node.putObject("tools");
        tools.put("cadenza", JarVersion.cadenza());
        tools.put("java", System.getProperty("java.version"));
        tools.put("deeplearning4j", JarVersion.of("org.deeplearning4j/deeplearning4j-nn", "unknown"));
        tools.put("sgemm_gflops", Double.parseDouble(String.format(Locale.ROOT, "%.1f", sgemm.gigaflops())));
    }
}

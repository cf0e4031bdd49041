package dev.cadenza.trainer.family;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.corpus.EncodedCorpus;
import dev.cadenza.trainer.corpus.Split;
import org.jspecify.annotations.Nullable;

/** Data of a kind that reads performances note by note. */
public abstract class PerformanceData implements ModelData {
    private static final String MAESTRO_LICENCE = "CC-BY-NC-SA-4.0";
    private static final String MAESTRO_CITATION = "Hawthorne et al., Enabling Factorized Piano Music Modeling and"
            + " Generation with the MAESTRO Dataset, ICLR 2019";

    private final EncodedCorpus corpus;

    protected PerformanceData(EncodedCorpus corpus) {
        this.corpus = corpus;
    }

    @Override
    public String name() {
        return corpus.corpus().name();
    }

    @Override
    public String sha256() {
        return corpus.corpus().sha256();
    }

    @Override
    public ObjectNode provenance(@Nullable String licence) {
        return provenance(corpus, licence);
    }

    /** What a checkpoint says of performances. */
    public static ObjectNode provenance(EncodedCorpus corpus, @Nullable String licence) {
        boolean maestro = corpus.corpus().official();
        ObjectNode data = new ObjectMapper().createObjectNode();
        data.put("name", corpus.corpus().name()).put("sha256", corpus.corpus().sha256());
        data.put("split", maestro ? "official" : "by file hash");
        String unstated = maestro ? MAESTRO_LICENCE : "unknown";
        data.put("licence", licence == null ? unstated : licence);
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
        return data;
    }

    @Override
    public boolean isEmpty(Split split) {
        return corpus.pieces(split).isEmpty();
    }

    @Override
    public EncodedCorpus performances() {
        return corpus;
    }
}

package dev.cadenza.trainer.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.trainer.corpus.CorpusFormatException;
import dev.cadenza.trainer.files.WholeFile;
import dev.cadenza.trainer.roll.RollArchitecture;
import dev.cadenza.trainer.roll.RollCorpus;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * {@code results.json}: the likelihood table as rows {@code {corpus, model, best, median, published, seeds, hours,
 * parameters}}, log-likelihoods in nats a step; beside each its data's hash and the command.
 */
final class ResultsFile {
    private static final double HOUR = 3600;
    private static final Map<RollArchitecture, String> PUBLISHED = Map.of(
            RollArchitecture.LSTM, "RNN (HF)",
            RollArchitecture.TP_LSTM_NADE, "TP-LSTM-NADE (Johnson)",
            RollArchitecture.BALSTM, "BALSTM (Johnson)");
    private static final Map<String, String> BASELINES =
            Map.of("random", "Random", "bernoulli", "per-key Bernoulli", "markov", "per-key Markov");

    private ResultsFile() {}

    static void write(StudyContext context, String command) throws IOException, CorpusFormatException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode results = mapper.createObjectNode();
        results.put("unit", "nats a step, log-likelihood of the test split").put("command", command);
        ArrayNode rows = results.putArray("rows");
        for (RollCorpus corpus : context.data().rolls()) {
            Optional<ObjectNode> baselines = context.cells().read("rolls/" + corpus.name() + "/baselines");
            if (baselines.isPresent()) {
                for (String field : new String[] {"random", "bernoulli", "markov"}) {
                    double value = baselines.get().path(field).asDouble();
                    rows.addObject()
                            .put("corpus", corpus.name())
                            .put("corpus_sha256", corpus.sha256())
                            .put("model", BASELINES.get(field))
                            .put("best", value)
                            .put("median", value)
                            .putNull("published")
                            .put("seeds", 0)
                            .put("hours", 0.0)
                            .put("parameters", 0);
                }
            }
            for (RollArchitecture architecture : RollArchitecture.values()) {
                row(context, corpus, architecture).ifPresent(rows::add);
            }
        }
        WholeFile.write(context.folder().resolve("results.json"), (results.toPrettyString() + "\n"));
    }

    private static Optional<ObjectNode> row(StudyContext context, RollCorpus corpus, RollArchitecture architecture)
            throws IOException {
        double[] tests = LikelihoodPart.tests(context, corpus, architecture);
        if (tests.length == 0) {
            return Optional.empty();
        }
        double seconds = 0;
        long parameters = 0;
        int threads = 0;
        ObjectNode row = new ObjectMapper().createObjectNode();
        ArrayNode seeds = row.arrayNode();
        for (long seed : context.plan().rollSeeds()) {
            Optional<ObjectNode> cell = context.cells().read(LikelihoodPart.key(corpus.name(), architecture, seed));
            if (cell.isPresent()) {
                seconds += cell.get().path("seconds").asDouble();
                parameters = cell.get().path("parameters").asLong();
                threads = cell.get().path("threads").asInt();
                seeds.add(seed);
            }
        }
        row.put("corpus", corpus.name())
                .put("corpus_sha256", corpus.sha256())
                .put("model", architecture.title())
                .put("best", tests[tests.length - 1])
                .put("median", Figures.median(tests))
                .put("published", PublishedRows.of(PUBLISHED.getOrDefault(architecture, ""), corpus.name()))
                .put("published_model", PUBLISHED.get(architecture))
                .put("seeds", tests.length)
                .put("hours", seconds / HOUR)
                .put("threads", threads)
                .put("parameters", parameters);
        row.set("seed_list", seeds);
        return Optional.of(row);
    }
}

package dev.cadenza.server.http.access;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cadenza.server.problem.ProblemException;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each command to the admin listener, carried out or refused: a JSON object, at level info of the logger {@code
 * cadenza.audit}. Tokens are not in it.
 */
final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("cadenza.audit");
    private static final JsonMapper JSON = new JsonMapper();

    private AuditLog() {}

    static void write(AdminCommand command, String caller, String problem, Exchange exchange) {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", exchange.time().truncatedTo(ChronoUnit.MILLIS).toString());
        line.put("request_id", exchange.requestId());
        line.put("who", caller);
        line.put("remote", exchange.remote());
        line.put("order", command.action());
        line.put("model", ProblemException.quotable(command.model()));
        if (command.label() != null) {
            line.put("label", ProblemException.quotable(command.label()));
        }
        if (command.version() != null) {
            line.put("version", command.version());
        }
        if (command.weight() != null) {
            line.put("weight", command.weight());
        }
        line.put("result", command.done() ? "done" : problem.isEmpty() ? "failed" : problem);
        line.put("status", exchange.status());
        LOG.info("{}", line);
    }
}

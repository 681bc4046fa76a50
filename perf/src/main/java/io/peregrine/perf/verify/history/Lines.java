package io.peregrine.perf.verify.history;

import io.peregrine.perf.linear.Call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The log of one client as text: a line before each operation and one after it. A client that is killed leaves a log
 * that says what it may have done. Pure.
 */
final class Lines
{
    private static final String NIL = "nil";
    private static final String NOT_TOLD = "-";
    private static final String INVOKED = "invoke";
    private static final int WORDS = 3;

    private Lines()
    {
    }

    static String invoked(final Operation operation, final long nowNs)
    {
        return INVOKED + ' ' + nowNs + ' ' + operation.function() + ' ' + operation.key() + ' ' +
            text(operation.expected()) + ' ' + text(operation.value()) + '\n';
    }

    static String returned(final Told told, final long nowNs)
    {
        return told.outcome().name() + ' ' + nowNs + ' ' + (told.isTold() ? text(told.before()) : NOT_TOLD) +
            (told.failure() == null ? "" : ' ' + told.failure()) + '\n';
    }

    /**
     * @param log of one client; what follows its last line end was not finished and is left out.
     * @return its operations; the process of each is how many unknown outcomes were before it.
     */
    static List<Attempt> read(final String log)
    {
        final List<Attempt> attempts = new ArrayList<>();
        final String whole = log.substring(0, log.lastIndexOf('\n') + 1);
        int lives = 0;
        Operation operation = null;
        long invokedNs = 0;
        for (final String line : whole.lines().toList())
        {
            final String[] words = line.split(" ");
            if (INVOKED.equals(words[0]))
            {
                check(operation == null, line);
                // Else an event of one process could be put before the one that it followed.
                check(attempts.isEmpty() ||
                    Long.parseLong(words[1]) > attempts.get(attempts.size() - 1).returnedNs(), line);
                operation = new Operation(Function.valueOf(words[2]), words[3], value(words[4]), value(words[5]));
                invokedNs = Long.parseLong(words[1]);
            }
            else
            {
                check(operation != null, line);
                final Told told = told(words);
                attempts.add(new Attempt(lives, operation, invokedNs, Long.parseLong(words[1]), told));
                lives += told.outcome() == Outcome.UNKNOWN ? 1 : 0;
                operation = null;
            }
        }
        if (operation != null)
        {
            attempts.add(new Attempt(lives, operation, invokedNs, Call.NEVER, Told.of(Outcome.UNKNOWN)));
        }

        return attempts;
    }

    private static Told told(final String[] words)
    {
        final Outcome outcome = Outcome.valueOf(words[0]);
        if (words.length > WORDS)
        {
            return Told.failed(String.join(" ", Arrays.asList(words).subList(WORDS, words.length)));
        }
        return NOT_TOLD.equals(words[2]) ? Told.of(outcome) : Told.before(outcome, value(words[2]));
    }

    private static void check(final boolean isRight, final String line)
    {
        if (!isRight)
        {
            throw new IllegalArgumentException(
                "a client asks one thing at a time, each later than the one before; this log does not: " + line);
        }
    }

    private static String text(final Long value)
    {
        return value == null ? NIL : value.toString();
    }

    private static Long value(final String text)
    {
        return NIL.equals(text) ? null : Long.valueOf(text);
    }
}

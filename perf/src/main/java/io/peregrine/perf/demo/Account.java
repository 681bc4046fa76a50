package io.peregrine.perf.demo;

/**
 * Keys and values of the demo.
 */
final class Account
{
    private Account()
    {
    }

    static String key(final int number)
    {
        return "account:" + number;
    }

    static String value(final int number)
    {
        return "owner=customer-" + number + ";currency=EUR;balance=" + number % 1_000 * 100;
    }

    /**
     * The number in a key.
     */
    static int number(final String key)
    {
        return Integer.parseInt(key, key.indexOf(':') + 1, key.length(), 10);
    }
}

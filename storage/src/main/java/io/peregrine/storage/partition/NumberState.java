package io.peregrine.storage.partition;

import io.peregrine.storage.codec.ResultStatus;

/**
 * What ADD would find under a key: a number (0 where there is no record), or something else.
 */
final class NumberState
{
    private static final long SIGN = Long.MIN_VALUE;

    private boolean isNumber;
    private long value;

    void number(final long newValue)
    {
        isNumber = true;
        value = newValue;
    }

    void set(final NumberState other)
    {
        isNumber = other.isNumber;
        value = other.value;
    }

    void notANumber()
    {
        isNumber = false;
    }

    long value()
    {
        return value;
    }

    /**
     * Add to it, unless that cannot be.
     *
     * @return APPLIED, NOT_A_NUMBER or OVERFLOW; only the first changes the number.
     */
    ResultStatus add(final long operand)
    {
        if (!isNumber)
        {
            return ResultStatus.NOT_A_NUMBER;
        }
        final long sum = value + operand;
        if (((value ^ sum) & (operand ^ sum) & SIGN) != 0)
        {
            return ResultStatus.OVERFLOW;
        }
        value = sum;
        return ResultStatus.APPLIED;
    }
}

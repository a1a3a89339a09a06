package io.github.fallbackai.sample;

/**
 * What a refused request is answered with.
 *
 * @param error what is wrong and what would be right, in one or two sentences
 */
record ErrorBody(String error) {

}

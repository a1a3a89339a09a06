package io.github.fallbackai.test.wire;

/**
 * Token counts of an answer: words, so that a test can count them.
 *
 * @param input the tokens of the prompt
 * @param output the tokens of the answer, the reasoning included
 * @param reasoning the tokens of the reasoning
 */
public record Usage(int input, int output, int reasoning) {

	/**
	 * Counts the tokens of a turn.
	 * @param prompt what was asked
	 * @param answer what is answered
	 * @return the counts
	 */
	public static Usage of(Prompt prompt, Answer answer) {
		int reasoning = Tokens.of(answer.reasoning()).size();
		int said = Tokens.of(answer.textOrEmpty()).size() + Tokens.of(answer.refusal()).size();
		int arguments = answer.toolCalls().stream().mapToInt((call) -> call.argumentPieces().size()).sum();
		return new Usage(prompt.tokens(), reasoning + said + arguments, reasoning);
	}

	/**
	 * Returns the sum of both directions.
	 * @return the tokens of prompt and answer
	 */
	public int total() {
		return this.input + this.output;
	}

}

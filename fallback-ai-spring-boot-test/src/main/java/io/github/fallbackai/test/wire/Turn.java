package io.github.fallbackai.test.wire;

/**
 * One question and its answer, ready to be put into a format.
 *
 * @param id identifies the turn; formats build their response ids from it
 * @param prompt what was asked
 * @param answer what is answered, its text filled in
 */
public record Turn(String id, Prompt prompt, Answer answer) {

	/**
	 * Returns the model that claims to answer.
	 * @return the answer's model, or else the requested one
	 */
	public String model() {
		String model = this.answer.model();
		return (model != null) ? model : this.prompt.model();
	}

	/**
	 * Counts the turn's tokens.
	 * @return the token counts
	 */
	public Usage usage() {
		return Usage.of(this.prompt, this.answer);
	}

}

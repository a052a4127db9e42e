from services.kit.runner import run

run("services.feedback.service:FeedbackService")

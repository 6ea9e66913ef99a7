;;; What tests ask Eglot: run in batch in a workspace, it writes what it was shown and has done as JSON.  -*- lexical-binding: t -*-
(require 'eglot)
(require 'flymake)
(require 'json)
(setq eglot-autoreconnect nil eglot-sync-connect 30 eglot-events-buffer-config '(:size 0))

(defvar said nil "What is written in the end.")

(defun say (key value)
  "Note VALUE under KEY."
  (push (cons key value) said))

(defun wait (what is-so)
  "Wait until IS-SO holds of WHAT."
  (let ((end (+ (float-time) 30)))
    (while (not (funcall is-so))
      (when (> (float-time) end)
        (error "Waited in vain for %s: %S" what (flymake-diagnostics)))
      (accept-process-output nil 0.05))))

(defun open (name)
  "Open the file NAME, which a hook hands over to Eglot."
  (find-file name)
  (run-hooks 'post-command-hook) ; `eglot-ensure' waits for a command that is over
  (wait "the server" #'eglot-current-server)
  (unless flymake-mode (error "Flymake is off in %s" name))
  (flymake-start)) ; else begun when the buffer is drawn

(defun has (code)
  "Whether a finding of CODE is shown."
  (seq-some (lambda (one) (string-search code (flymake-diagnostic-text one))) (flymake-diagnostics)))

(defun found ()
  "The findings that Flymake shows."
  (vconcat
   (mapcar (lambda (one)
             `((text . ,(flymake-diagnostic-text one))
               (type . ,(symbol-name (flymake-diagnostic-type one)))
               (href . ,(plist-get (plist-get (alist-get 'eglot-lsp-diag (flymake-diagnostic-data one))
                                              :codeDescription)
                                   :href))
               (marked . ,(buffer-substring-no-properties (flymake-diagnostic-beg one) (flymake-diagnostic-end one)))))
           (flymake-diagnostics))))

(defun to (text)
  "Go behind the first TEXT."
  (goto-char (point-min))
  (search-forward text))

(defun hover ()
  "What ElDoc is told at point."
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown (or text ""))))
    (wait "hover" (lambda () shown))
    (substring-no-properties shown)))

(defun act (kind)
  "Do the preferred code action of a KIND on the buffer, else the first."
  (let ((actions (eglot-code-actions (point-min) (point-max) kind)))
    (eglot-execute (eglot-current-server)
                   (or (seq-find (lambda (one) (eq t (plist-get one :isPreferred))) actions) (car actions)))
    (eglot--signal-textDocument/didChange))) ; else sent when Emacs is idle, which it never is in batch

(defun complete (text word)
  "What is offered behind TEXT; then WORD is taken."
  (to text)
  (pcase-let* ((`(,start ,end ,table . ,properties) (eglot-completion-at-point))
               (offered (all-completions (buffer-substring start end) table))
               (taken (seq-find (lambda (one) (string= (string-trim one) word)) offered)))
    (let ((labels (mapcar #'substring-no-properties offered)))
      (delete-region start end)
      (goto-char start)
      (insert taken)
      (funcall (plist-get properties :exit-function) taken 'finished)
      (vconcat labels))))

(defun journey ()
  "All that is tried."
  (open "finding.json")
  (wait "SPL006" (lambda () (has "SPL006")))
  (say 'findings (found))
  (to "budget_mo")
  (say 'hover (hover))
  (act "quickfix")
  (wait "no SPL006" (lambda () (not (has "SPL006"))))
  (say 'fixed (buffer-string))
  (open "all.json")
  (wait "SPL006" (lambda () (has "SPL006")))
  (act "source.fixAll.splint")
  (wait "all fixes" (lambda () (not (has "SPL006"))))
  (say 'fixed_all (buffer-string))
  (open "second.yaml")
  (wait "SPL006" (lambda () (has "SPL006")))
  (say 'second (found))
  (to "objective_ty")
  (say 'second_hover (hover))
  (open "typed.yaml")
  (let ((offered (complete "budg" "budget_mode")))
    (say 'completion `((offered . ,offered) (text . ,(buffer-string))))))

(condition-case failure
    (journey)
  (error (say 'failure (error-message-string failure))))
(let ((coding-system-for-write 'utf-8))
  (write-region (json-serialize said) nil (getenv "SAID") nil 'quiet))
(kill-emacs 0)
